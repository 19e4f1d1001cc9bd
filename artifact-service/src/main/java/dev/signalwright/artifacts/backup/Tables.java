package dev.signalwright.artifacts.backup;

import dev.signalwright.artifacts.backup.Manifest.TablePart;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.postgresql.PGConnection;

/** The tables of a schema: their order, their columns, and copying one out or in. One connection, one thread. */
final class Tables {
    /** Flyway's own account of the schema: the way back writes its own. */
    static final String HISTORY = "flyway_schema_history";

    /** Derived from the others and rebuilt on the way back. */
    private static final String DERIVED = "catalog\\_%";

    private final Connection connection;

    Tables(Connection connection) {
        this.connection = connection;
    }

    /** Values look the same from every server and in every session. */
    void settle() throws SQLException {
        run("set timezone = 'UTC'; set datestyle = 'ISO'; set bytea_output = 'hex'; set extra_float_digits = 1;"
                + " set statement_timeout = 0; set lock_timeout = '30s'; set idle_in_transaction_session_timeout = 0");
    }

    /** Every table but the derived ones, each after those that its foreign keys name. */
    Map<String, List<String>> inLoadingOrder() throws SQLException {
        Map<String, List<String>> columns = columns();
        Map<String, List<String>> needs = needs();
        Map<String, List<String>> ordered = new LinkedHashMap<>();
        while (ordered.size() < columns.size()) {
            int before = ordered.size();
            for (Map.Entry<String, List<String>> table : columns.entrySet()) {
                List<String> missing = needs.getOrDefault(table.getKey(), List.of());
                if (missing.stream().allMatch(name -> name.equals(table.getKey()) || ordered.containsKey(name))) {
                    ordered.putIfAbsent(table.getKey(), table.getValue());
                }
            }
            if (ordered.size() == before) {
                throw new BackupException("The foreign keys of the schema form a circle; this is a bug.");
            }
        }
        return ordered;
    }

    private Map<String, List<String>> columns() throws SQLException {
        Map<String, List<String>> columns = new LinkedHashMap<>();
        try (PreparedStatement select = connection.prepareStatement("""
                        select c.table_name, c.column_name
                        from information_schema.columns c
                        join information_schema.tables t using (table_schema, table_name)
                        where c.table_schema = current_schema() and t.table_type = 'BASE TABLE'
                          and c.table_name <> ? and c.table_name not like ? and c.is_generated = 'NEVER'
                        order by c.table_name, c.ordinal_position""")) {
            select.setString(1, HISTORY);
            select.setString(2, DERIVED);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    columns.computeIfAbsent(row.getString(1), ignored -> new ArrayList<>())
                            .add(row.getString(2));
                }
            }
        }
        return columns;
    }

    private Map<String, List<String>> needs() throws SQLException {
        Map<String, List<String>> needs = new LinkedHashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("""
                        select k.conrelid::regclass::text, k.confrelid::regclass::text
                        from pg_constraint k join pg_namespace n on n.oid = k.connamespace
                        where k.contype = 'f' and n.nspname = current_schema()""")) {
            while (row.next()) {
                needs.computeIfAbsent(row.getString(1), ignored -> new ArrayList<>())
                        .add(row.getString(2));
            }
        }
        return needs;
    }

    /** Writes a table's rows and tells what was written. */
    TablePart copyOut(String table, List<String> columns, OutputStream out) throws SQLException, IOException {
        RowSum sum = new RowSum(out);
        String list = columns.stream().map(column -> value(table, column)).collect(Collectors.joining(", "));
        copy().copyOut("copy (select " + list + " from " + table + ") to stdout", sum);
        return new TablePart(table, columns, sum.rows(), sum.bytes(), sum.sha256Hex(), sum.rowsSum());
    }

    /**
     * Transaction ids mean nothing at another server, and readers of the change table would wait for restored ones to
     * come up: they are zero in a copy, which is before every transaction there will be. Order is kept by the numbers beside them.
     */
    private static String value(String table, String column) {
        boolean transaction =
                (table.equals("change") && column.equals("txid")) || (table.equals("seal") && column.equals("floor"));
        return transaction ? "'0'::xid8 as " + column : column;
    }

    void copyIn(TablePart table, java.io.InputStream in) throws SQLException, IOException {
        copy().copyIn("copy " + table.name() + " (" + String.join(", ", table.columns()) + ") from stdin", in, 1 << 16);
    }

    private org.postgresql.copy.CopyManager copy() throws SQLException {
        return connection.unwrap(PGConnection.class).getCopyAPI();
    }

    /** Numbers given from now on follow those that were loaded. */
    void continueSequences(TablePart table) throws SQLException {
        for (String column : table.columns()) {
            String sequence = text("select pg_get_serial_sequence(current_schema() || '.' || '" + table.name() + "', '"
                    + column + "')");
            if (!sequence.isEmpty()) {
                run("select setval('" + sequence + "', greatest((select coalesce(max(" + column + "), 0) from "
                        + table.name() + "), 1))");
            }
        }
    }

    boolean exists(String table) throws SQLException {
        return !text("select to_regclass('" + table + "')::text").isEmpty();
    }

    boolean has(String table, String column) throws SQLException {
        return number("select count(*) from information_schema.columns where table_schema = current_schema()"
                        + " and table_name = '" + table + "' and column_name = '" + column + "'")
                > 0;
    }

    /** Is given each row, one after another. */
    interface RowTaker {
        void take(ResultSet row) throws SQLException, IOException;
    }

    /** Rows are fetched a few at a time, so the caller holds a transaction. */
    void each(String sql, int atOnce, RowTaker taker) throws SQLException, IOException {
        try (Statement statement = connection.createStatement()) {
            statement.setFetchSize(atOnce);
            try (ResultSet row = statement.executeQuery(sql)) {
                while (row.next()) {
                    taker.take(row);
                }
            }
        }
    }

    /** First column of the first row; empty when there is none. */
    String text(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            String value = row.next() ? row.getString(1) : null;
            return value == null ? "" : value;
        }
    }

    long number(String sql) throws SQLException {
        return Long.parseLong(text(sql));
    }

    void run(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
