@NullMarked
package dev.signalwright.worker.platform;

import org.jspecify.annotations.NullMarked;
