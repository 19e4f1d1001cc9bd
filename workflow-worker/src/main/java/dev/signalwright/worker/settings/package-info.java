/**
 * Settings: the environment enters, one validated {@link dev.signalwright.worker.settings.Settings} leaves, or every
 * problem at once, one sentence each.
 */
@NullMarked
package dev.signalwright.worker.settings;

import org.jspecify.annotations.NullMarked;
