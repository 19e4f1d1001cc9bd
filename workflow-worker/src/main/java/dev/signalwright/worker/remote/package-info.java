/**
 * Talking to something that may not answer: exceptions and statuses enter, one kind of failure and the decision whether
 * and when to try again leave. The only retry layer of the worker is built on these rules.
 */
@NullMarked
package dev.signalwright.worker.remote;

import org.jspecify.annotations.NullMarked;
