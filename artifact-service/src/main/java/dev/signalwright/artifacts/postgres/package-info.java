/**
 * Where the database comes from: the one that {@code ARTIFACT_DB_URL} names, else an embedded PostgreSQL in
 * {@code $SIGNALWRIGHT_HOME/postgres} that lives and dies with this process. Leaves: the pool's address, user and password
 * as configuration. See {@link dev.signalwright.artifacts.postgres.EmbeddedPostgres}.
 */
@NullMarked
package dev.signalwright.artifacts.postgres;

import org.jspecify.annotations.NullMarked;
