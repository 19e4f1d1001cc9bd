@NullMarked
package dev.signalwright.worker.log;

import org.jspecify.annotations.NullMarked;
