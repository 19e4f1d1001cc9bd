package dev.signalwright.artifacts.artifact;

import dev.signalwright.artifacts.artifact.NewArtifact.SentBlob;
import dev.signalwright.artifacts.identity.HashedBytes;
import dev.signalwright.artifacts.problem.ProblemException;
import dev.signalwright.artifacts.problem.ProblemType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.fileupload.MultipartStream;
import org.apache.commons.fileupload.ParameterParser;
import org.jspecify.annotations.Nullable;

/**
 * Reads multipart/form-data: the part {@code artifact} (JSON) and the part {@code content} (the bytes), with or without file
 * names. In memory: the body is there as a whole and bounded ({@code access.BodyBudget}); a file for each part took half of
 * a picture's time.
 */
final class ArtifactForm {
    private static final int MOST_PARTS = 16;
    private static final int MOST_HEADER_BYTES = 4_096;
    private static final int BUFFER = 8_192;

    private ArtifactForm() {}

    /** One part. */
    @SuppressWarnings("ArrayRecordComponent") // identity is not used; copying megabytes would be waste
    private record Part(@Nullable String name, Optional<String> mediaType, byte[] bytes) {}

    /** @param contentType the request's, which names the boundary */
    static NewArtifact read(@Nullable String contentType, byte[] body) {
        List<Part> parts = parts(boundary(contentType), body);
        Part artifact = part(parts, "artifact");
        Part content = part(parts, "content");
        if (content.bytes().length > ArtifactReader.MOST_BLOB_BYTES) {
            throw new ProblemException(
                    ProblemType.TOO_LARGE,
                    "The part `content` has more than " + ArtifactReader.MOST_BLOB_BYTES + " bytes.");
        }
        String type = content.mediaType().orElse("application/octet-stream");
        String mediaType = type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return ArtifactReader.read(
                artifact.bytes(), Optional.of(new SentBlob(mediaType, HashedBytes.of(content.bytes()))));
    }

    private static Part part(List<Part> parts, String name) {
        List<Part> named =
                parts.stream().filter(part -> name.equals(part.name())).toList();
        if (named.size() != 1) {
            throw malformed(
                    "The form needs one part `artifact` (application/json) and one part `content` (the bytes); `%s` is there %d times."
                            .formatted(name, named.size()));
        }
        return named.getFirst();
    }

    private static byte[] boundary(@Nullable String contentType) {
        String boundary = parameters(contentType == null ? "" : contentType).get("boundary");
        if (boundary == null || boundary.isEmpty()) {
            throw malformed("The Content-Type of the form names no boundary.");
        }
        return boundary.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static List<Part> parts(byte[] boundary, byte[] body) {
        try {
            MultipartStream stream = new MultipartStream(
                    new ByteArrayInputStream(body), boundary, Math.max(BUFFER, 2 * boundary.length), null);
            stream.setPartHeaderSizeMax(MOST_HEADER_BYTES);
            List<Part> parts = new ArrayList<>();
            for (boolean more = stream.skipPreamble(); more; more = stream.readBoundary()) {
                if (parts.size() == MOST_PARTS) {
                    throw malformed("The form has more than " + MOST_PARTS + " parts.");
                }
                parts.add(part(stream, body.length));
            }
            return parts;
        } catch (IOException | IllegalArgumentException e) {
            throw malformed("The form cannot be read: " + e.getMessage());
        }
    }

    private static Part part(MultipartStream stream, int most) throws IOException {
        String disposition = "";
        Optional<String> mediaType = Optional.empty();
        for (String line : stream.readHeaders().lines().toList()) {
            int colon = line.indexOf(':');
            String header = line.substring(0, Math.max(colon, 0)).strip().toLowerCase(Locale.ROOT);
            if (header.equals("content-disposition")) {
                disposition = line.substring(colon + 1);
            } else if (header.equals("content-type")) {
                mediaType = Optional.of(line.substring(colon + 1).strip());
            }
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(Math.min(most, 1 << 20));
        stream.readBodyData(bytes);
        return new Part(parameters(disposition).get("name"), mediaType, bytes.toByteArray());
    }

    private static Map<String, String> parameters(String header) {
        ParameterParser parser = new ParameterParser();
        parser.setLowerCaseNames(true);
        return parser.parse(header, ';');
    }

    private static ProblemException malformed(String sentence) {
        return new ProblemException(ProblemType.MALFORMED_REQUEST, sentence);
    }
}
