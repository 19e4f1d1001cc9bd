/**
 * Blobs: bytes by their SHA-256. Enters: bytes with their hash, inside the transaction of the artifact that carries them.
 * Leaves: the same bytes, checked on every read, or a problem; never other bytes. Where they lie is a setting: the
 * database, a folder or an S3-compatible bucket ({@code docs/blobs.md}); the row of {@code blob} is their index everywhere.
 * Everything here may be used by several threads and several replicas at once.
 */
@NullMarked
package dev.signalwright.artifacts.blob;

import org.jspecify.annotations.NullMarked;
