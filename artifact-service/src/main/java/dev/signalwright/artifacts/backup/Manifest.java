package dev.signalwright.artifacts.backup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What a backup says about itself: {@code manifest.json}, the last member.
 *
 * @param productVersion version that made it
 * @param schemaVersion last migration of the database, for example {@code 0031}
 * @param madeAt instant of the snapshot, by the database's clock
 * @param postgres version of the server
 * @param blobs those whose bytes lay outside of the database
 * @param lost what was lost or altered before the backup was made, and so is not in it as it once was
 */
record Manifest(
        String productVersion,
        String schemaVersion,
        String madeAt,
        String postgres,
        BlobPart blobs,
        List<Lost> lost,
        List<TablePart> tables) {
    static final String MEMBER = "manifest.json";
    static final int FORMAT = 2;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** One table: its member, its columns in their order there, and what was counted. */
    record TablePart(String name, List<String> columns, long rows, long bytes, String sha256, String rowsSum) {
        String member() {
            return "tables/" + name + ".copy";
        }
    }

    /**
     * The member {@link BlobMember}.
     *
     * @param bytes of the blobs themselves
     * @param sha256 of the member
     */
    record BlobPart(long count, long bytes, String sha256) {}

    /**
     * Something that is not in the backup as it once was.
     *
     * @param what {@code blob} or {@code artifact}
     * @param name hash or id
     * @param fate ends a sentence that begins with the other two
     */
    record Lost(String what, String name, String fate) {
        private static final String ALTERED = "was altered";

        static Lost missing(String sha256) {
            return new Lost("blob", sha256, "is missing");
        }

        /** In its row, which is copied as it is now. */
        static Lost altered(String what, String name) {
            return new Lost(what, name, ALTERED);
        }

        static Lost alteredOutside(String sha256) {
            return new Lost("blob", sha256, "was altered in its folder or bucket");
        }

        boolean isCopied() {
            return fate.equals(ALTERED);
        }
    }

    byte[] toJson() {
        ObjectNode json = JSON.createObjectNode()
                .put("format", FORMAT)
                .put("product", "signalwright")
                .put("product_version", productVersion)
                .put("schema_version", schemaVersion)
                .put("made_at", madeAt)
                .put("postgres", postgres);
        json.putObject("blobs")
                .put("member", BlobMember.NAME)
                .put("count", blobs.count())
                .put("bytes", blobs.bytes())
                .put("sha256", blobs.sha256());
        var missing = json.putArray("lost");
        lost.forEach(one -> missing.addObject()
                .put("what", one.what())
                .put("name", one.name())
                .put("fate", one.fate()));
        var list = json.putArray("tables");
        for (TablePart table : tables) {
            ObjectNode one = list.addObject()
                    .put("name", table.name())
                    .put("member", table.member())
                    .put("rows", table.rows())
                    .put("bytes", table.bytes())
                    .put("sha256", table.sha256())
                    .put("rows_sha256_sum", table.rowsSum());
            table.columns().forEach(one.putArray("columns")::add);
        }
        return json.toPrettyString().getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }

    static Manifest read(byte[] bytes) {
        try {
            JsonNode json = JSON.readTree(bytes);
            if (json.path("format").asInt() != FORMAT
                    || !json.path("product").asText().equals("signalwright")) {
                throw new BackupException("This is no backup that this version reads: its " + MEMBER + " has format "
                        + json.path("format") + ". Restore it with the version that made it.");
            }
            List<TablePart> tables = new ArrayList<>();
            for (JsonNode one : json.path("tables")) {
                List<String> columns = new ArrayList<>();
                one.path("columns").forEach(column -> columns.add(column.asText()));
                tables.add(new TablePart(
                        Identifier.checked(one.path("name").asText()),
                        columns.stream().map(Identifier::checked).toList(),
                        one.path("rows").asLong(),
                        one.path("bytes").asLong(),
                        one.path("sha256").asText(),
                        one.path("rows_sha256_sum").asText()));
            }
            JsonNode blobs = json.path("blobs");
            List<Lost> lost = new ArrayList<>();
            json.path("lost")
                    .forEach(one -> lost.add(new Lost(
                            one.path("what").asText(),
                            one.path("name").asText(),
                            one.path("fate").asText())));
            return new Manifest(
                    json.path("product_version").asText(),
                    json.path("schema_version").asText(),
                    json.path("made_at").asText(),
                    json.path("postgres").asText(),
                    new BlobPart(
                            blobs.path("count").asLong(),
                            blobs.path("bytes").asLong(),
                            blobs.path("sha256").asText()),
                    List.copyOf(lost),
                    List.copyOf(tables));
        } catch (IOException e) {
            throw new BackupException(MEMBER + " of the backup is damaged: it is no JSON. Use another backup.", e);
        }
    }
}
