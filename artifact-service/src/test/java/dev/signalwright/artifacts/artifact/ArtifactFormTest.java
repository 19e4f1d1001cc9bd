package dev.signalwright.artifacts.artifact;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signalwright.artifacts.artifact.NewArtifact.SentBlob;
import dev.signalwright.artifacts.problem.ProblemException;
import dev.signalwright.artifacts.problem.ProblemType;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What stands in a form, however its sender writes it, and what is said of one that cannot be read. */
class ArtifactFormTest {
    private static final String TYPE = "multipart/form-data; boundary=edge";
    private static final String ARTIFACT =
            part("name=\"artifact\"", "application/json", "{\"name\":\"n\",\"type\":\"llm\"}");
    private static final String CONTENT = part("name=\"content\"; filename=\"x\"", "text/plain", "some\r\n--bytes\r\n");

    private static String part(String disposition, String type, String body) {
        return "--edge\r\nContent-Disposition: form-data; " + disposition + "\r\nContent-Type: " + type + "\r\n\r\n"
                + body + "\r\n";
    }

    private static NewArtifact read(String type, String body) {
        return ArtifactForm.read(type, body.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static SentBlob blob(String body) {
        return read(TYPE, body).blob().orElseThrow();
    }

    private static String refused(String type, String body) {
        ProblemException refused = assertThrows(ProblemException.class, () -> read(type, body));
        assertEquals(ProblemType.MALFORMED_REQUEST, refused.type());
        return String.valueOf(refused.getMessage());
    }

    @Test
    void theBytesAreThoseThatWereSent() {
        SentBlob blob = blob(ARTIFACT + CONTENT + "--edge--\r\n");
        assertArrayEquals("some\r\n--bytes\r\n".getBytes(StandardCharsets.US_ASCII), blob.bytes());
        assertEquals("text/plain", blob.mediaType());
    }

    @Test
    void theOrderOfPartsAndTheirFileNamesDoNotMatter() {
        String content =
                "--edge\r\ncontent-type: Image/GIF; x=y\r\ncontent-disposition: form-data; name=content\r\n\r\n\0\u00ff\r\n";
        SentBlob blob = blob("preamble\r\n" + content + ARTIFACT + "--edge--\r\nepilogue");
        assertArrayEquals(new byte[] {0, (byte) 0xff}, blob.bytes());
        assertEquals("image/gif", blob.mediaType());
    }

    @Test
    void aPartThatSaysNoTypeIsBytes() {
        String content = "--edge\r\nContent-Disposition: form-data; name=\"content\"\r\n\r\nx\r\n";
        assertEquals(
                "application/octet-stream",
                blob(ARTIFACT + content + "--edge--\r\n").mediaType());
    }

    @Test
    void theBoundaryMayStandInQuotes() {
        assertEquals(
                "n",
                read("multipart/form-data; charset=utf-8; Boundary=\"edge\"", ARTIFACT + CONTENT + "--edge--\r\n")
                        .produced()
                        .path("name")
                        .asText());
    }

    @Test
    void whatIsMissingOrThereTwiceIsNamed() {
        assertTrue(refused(TYPE, ARTIFACT + "--edge--\r\n").contains("`content` is there 0 times"));
        assertTrue(
                refused(TYPE, ARTIFACT + ARTIFACT + CONTENT + "--edge--\r\n").contains("`artifact` is there 2 times"));
        assertTrue(refused("multipart/form-data", ARTIFACT).contains("boundary"));
    }

    @Test
    void aFormThatBreaksOffIsNotReadAsFarAsItGoes() {
        String whole = ARTIFACT + CONTENT + "--edge--\r\n";
        for (int length = 0; length < whole.length() - "--\r\n".length(); length++) {
            refused(TYPE, whole.substring(0, length));
        }
    }

    @Test
    void aFormIsBounded() {
        String parts = IntStream.range(0, 20)
                .mapToObj(i -> part("name=\"part" + i + "\"", "text/plain", "x"))
                .collect(Collectors.joining());
        assertTrue(refused(TYPE, parts + ARTIFACT + CONTENT + "--edge--\r\n").contains("more than 16 parts"));
        refused(TYPE, part("name=\"content\"; filename=\"" + "x".repeat(100_000) + "\"", "text/plain", "x") + ARTIFACT);
    }
}
