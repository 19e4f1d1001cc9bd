@NullMarked
package dev.signalwright.worker.settings;

import org.jspecify.annotations.NullMarked;
