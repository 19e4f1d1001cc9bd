package dev.signalwright.artifacts.access;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Every query on tokens and ended sessions. Plain JDBC: it also runs on a thread of its own, without a request. */
@Singleton
final class TokenRepository {
    private static final int MOST = 500;
    private static final String COLUMNS =
            "id, name, role, sha256, from_file, created_at, created_by, last_used_at, expires_at, revoked_at";

    private final DataSource database;

    TokenRepository(DataSource database) {
        this.database = database;
    }

    /** Those that hold, or will not hold any more only because time passes. */
    List<AccessToken> active() throws SQLException {
        return query("select " + COLUMNS + " from access_token where revoked_at is null");
    }

    /** Newest first, revoked ones too. */
    List<AccessToken> all() throws SQLException {
        return query("select " + COLUMNS + " from access_token order by created_at desc, id limit " + MOST);
    }

    /** False when another token that is not revoked has the name. */
    boolean insert(AccessToken token) throws SQLException {
        try (Connection connection = database.getConnection()) {
            return insert(connection, token);
        }
    }

    private static boolean insert(Connection connection, AccessToken token) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
                insert into access_token (id, name, role, sha256, from_file, created_at, created_by, expires_at)
                values (?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing""")) {
            insert.setObject(1, token.id());
            insert.setString(2, token.name());
            insert.setString(3, token.role());
            insert.setString(4, token.sha256());
            insert.setBoolean(5, token.fromFile());
            insert.setTimestamp(6, Timestamp.from(token.createdAt()));
            insert.setString(7, token.createdBy());
            insert.setTimestamp(8, token.expiresAt().map(Timestamp::from).orElse(null));
            return insert.executeUpdate() == 1;
        }
    }

    /** False when there is no such token that is not revoked. */
    boolean revoke(UUID id, Instant now, String by) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement update = connection.prepareStatement(
                        "update access_token set revoked_at = ?, revoked_by = ? where id = ? and revoked_at is null")) {
            update.setTimestamp(1, Timestamp.from(now));
            update.setString(2, by);
            update.setObject(3, id);
            return update.executeUpdate() == 1;
        }
    }

    /**
     * Makes this the one token from the file of that name; the one before, with other content, is revoked.
     *
     * @return false when the content is that of a token which was revoked: it stays so
     */
    boolean keepFromFile(AccessToken token) throws SQLException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                // Replicas that start at once take turns.
                run(connection, "select pg_advisory_xact_lock(7310582119)");
                Optional<Boolean> revoked = isRevoked(connection, token.sha256());
                if (revoked.isEmpty()) {
                    replaceFile(connection, token);
                }
                connection.commit();
                return !revoked.orElse(false);
            } catch (SQLException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        }
    }

    private static void replaceFile(Connection connection, AccessToken token) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("""
                update access_token set revoked_at = ?, revoked_by = 'file' where name = ? and revoked_at is null""")) {
            update.setTimestamp(1, Timestamp.from(token.createdAt()));
            update.setString(2, token.name());
            update.executeUpdate();
        }
        insert(connection, token);
    }

    private static Optional<Boolean> isRevoked(Connection connection, String sha256) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select revoked_at is not null from access_token where sha256 = ?")) {
            select.setString(1, sha256);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(row.getBoolean(1)) : Optional.empty();
            }
        }
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.execute();
        }
    }

    void used(UUID id, Instant at) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement update = connection.prepareStatement(
                        "update access_token set last_used_at = greatest(last_used_at, ?) where id = ?")) {
            update.setTimestamp(1, Timestamp.from(at));
            update.setObject(2, id);
            update.executeUpdate();
        }
    }

    /** Remembers an ended session until it would have ended anyway. */
    void end(String session, Instant expiresAt, Instant now) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement clean =
                        connection.prepareStatement("delete from ended_session where expires_at < ?");
                PreparedStatement insert = connection.prepareStatement(
                        "insert into ended_session (id, expires_at) values (?, ?) on conflict do nothing")) {
            clean.setTimestamp(1, Timestamp.from(now));
            clean.executeUpdate();
            insert.setString(1, session);
            insert.setTimestamp(2, Timestamp.from(expiresAt));
            insert.executeUpdate();
        }
    }

    Map<String, Instant> endedSessions() throws SQLException {
        Map<String, Instant> ended = new HashMap<>();
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement("select id, expires_at from ended_session");
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                ended.put(row.getString(1), row.getTimestamp(2).toInstant());
            }
        }
        return ended;
    }

    private List<AccessToken> query(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement(sql);
                ResultSet row = select.executeQuery()) {
            List<AccessToken> tokens = new ArrayList<>();
            while (row.next()) {
                tokens.add(token(row));
            }
            return tokens;
        }
    }

    private static AccessToken token(ResultSet row) throws SQLException {
        return new AccessToken(
                row.getObject("id", UUID.class),
                row.getString("name"),
                row.getString("role"),
                row.getString("sha256"),
                row.getBoolean("from_file"),
                row.getTimestamp("created_at").toInstant(),
                row.getString("created_by"),
                instant(row.getTimestamp("last_used_at")),
                instant(row.getTimestamp("expires_at")),
                instant(row.getTimestamp("revoked_at")));
    }

    private static Optional<Instant> instant(@Nullable Timestamp time) {
        return Optional.ofNullable(time).map(Timestamp::toInstant);
    }
}
