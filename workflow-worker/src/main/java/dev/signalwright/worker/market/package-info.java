@NullMarked
package dev.signalwright.worker.market;

import org.jspecify.annotations.NullMarked;
