/**
 * Seals: evidence of tampering. Enters: the rows of {@code change}, within seconds of their commit. Leaves: hash chains, one
 * for each execution and one through all of them, and a report of what no longer agrees with them. Canonical texts and what
 * this can and cannot show: {@code docs/seals.md}. Everything here may be used by several threads and replicas at once.
 */
@NullMarked
package dev.signalwright.artifacts.seal;

import org.jspecify.annotations.NullMarked;
