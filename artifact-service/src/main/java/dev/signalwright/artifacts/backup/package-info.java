/**
 * A copy of everything the service keeps, in one file, and the way back. Enters: a database and the place of the blobs; leaves:
 * a zip file with one member per table, one for the blobs that lie elsewhere, and a manifest that has the count and the
 * SHA-256 of each. Runs as a process of its own beside the service
 * ({@link dev.signalwright.artifacts.backup.BackupCommand}), never holds more than a row or a blob in memory, and depends on
 * no version of PostgreSQL's own tools. {@code docs/backup.md} says what is in it and what is not.
 */
@NullMarked
package dev.signalwright.artifacts.backup;

import org.jspecify.annotations.NullMarked;
