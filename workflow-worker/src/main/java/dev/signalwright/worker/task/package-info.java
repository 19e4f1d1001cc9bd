@NullMarked
package dev.signalwright.worker.task;

import org.jspecify.annotations.NullMarked;
