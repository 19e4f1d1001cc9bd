package dev.signalwright.worker.artifacts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalwright.worker.platform.Json;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ContentHashTest {
    @Test
    void isTheHashOfTheCanonicalFormOfWhatWasProduced() throws JsonProcessingException {
        ObjectNode artifact = json("{'type':'llm','id':'x','key':'k','metadata':{'a':1},'symbol':null,"
                + "'data':{'b':1.0,'a':1E10,'c':0.1},'created_at':'now'}");
        String canonical = "{\"blob_sha256\":\"ff\",\"data\":{\"a\":10000000000,\"b\":1,\"c\":0.1},\"type\":\"llm\"}";
        assertEquals(
                ContentHash.sha256(canonical.getBytes(StandardCharsets.UTF_8)),
                ContentHash.of(artifact, Optional.of("ff")));
    }

    @Test
    void changesWithTheBytesOfTheBlob() throws JsonProcessingException {
        ObjectNode artifact = json("{'type':'chart'}");
        assertNotEquals(ContentHash.of(artifact, Optional.of("00")), ContentHash.of(artifact, Optional.of("01")));
    }

    private static ObjectNode json(String text) throws JsonProcessingException {
        return (ObjectNode) Json.MAPPER.readTree(text.replace('\'', '"'));
    }
}
