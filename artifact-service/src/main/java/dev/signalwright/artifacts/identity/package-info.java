/** Names of things: ids made from keys. The rules stand in {@code docs/identity.md} and never change. */
@NullMarked
package dev.signalwright.artifacts.identity;

import org.jspecify.annotations.NullMarked;
