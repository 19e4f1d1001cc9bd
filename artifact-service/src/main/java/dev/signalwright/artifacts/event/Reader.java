package dev.signalwright.artifacts.event;

import dev.signalwright.artifacts.access.Standing;

/**
 * Who listens.
 *
 * @param token the name of the token or person
 * @param standing whether that still holds; a stream goes on after its request was let in
 */
record Reader(String token, Standing standing) {}
