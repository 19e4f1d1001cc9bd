@NullMarked
package dev.signalwright.worker.artifacts;

import org.jspecify.annotations.NullMarked;
