package dev.signalwright.artifacts.artifact;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalwright.artifacts.identity.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** RFC 8785 bytes of JSON objects, their hash, and the strict mapper that reads what clients send. */
public final class CanonicalJson {
    /** The member of the hashed object that stands for the blob's bytes. */
    static final String BLOB_MEMBER = "blob_sha256";

    /** Deep enough for any artifact, far from the stack's end: the canonicaliser is recursive. */
    private static final int DEEPEST = 64;

    private static final int LONGEST_NUMBER = 400;

    /** Refuses duplicate members, trailing text, deep nesting and NaN. */
    static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .maxNumberLength(LONGEST_NUMBER)
                            .build())
                    .build())
            .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private CanonicalJson() {}

    /** The canonical UTF-8 bytes. Numbers must be finite doubles and strings valid Unicode: the reader checks both. */
    public static byte[] of(ObjectNode json) {
        return CanonicalText.of(json).getBytes(StandardCharsets.UTF_8);
    }

    /** Lower-case hex. */
    static String sha256(byte[] bytes) {
        return Sha256.of(bytes);
    }

    /** Reads what this class wrote. */
    static ObjectNode parse(byte[] canonical) {
        try {
            return (ObjectNode) MAPPER.readTree(canonical);
        } catch (IOException e) {
            throw new UncheckedIOException("Stored canonical bytes cannot be read.", e);
        }
    }

    /** Reads an object that this service wrote itself. */
    static ObjectNode parse(String text) {
        try {
            return (ObjectNode) MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("Stored JSON cannot be read.", e);
        }
    }
}
