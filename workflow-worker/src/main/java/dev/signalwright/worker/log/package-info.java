/**
 * The log: sentences enter, JSON lines on stdout leave (contract section 2). Frameworks' own logging and stray prints
 * are led into the same lines, so that nothing else appears on stdout or stderr. Known secrets are blotted out last.
 */
@NullMarked
package dev.signalwright.worker.log;

import org.jspecify.annotations.NullMarked;
