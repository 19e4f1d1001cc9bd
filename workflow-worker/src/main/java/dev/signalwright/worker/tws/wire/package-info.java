/**
 * Bytes, frames and fields of the TWS socket protocol; knows no message. What enters: streams and byte arrays. What
 * leaves: frames of bounded length and typed fields. Not thread-safe: one reader and one writer per stream. Source: the
 * protocol's framing since version 100 (4-byte big-endian length, fields ended by NUL).
 */
@NullMarked
package dev.signalwright.worker.tws.wire;

import org.jspecify.annotations.NullMarked;
