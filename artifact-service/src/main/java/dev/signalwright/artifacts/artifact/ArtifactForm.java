package dev.signalwright.artifacts.artifact;

import dev.signalwright.artifacts.artifact.NewArtifact.SentBlob;
import dev.signalwright.artifacts.identity.HashedBytes;
import dev.signalwright.artifacts.problem.ProblemException;
import dev.signalwright.artifacts.problem.ProblemType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jboss.resteasy.reactive.server.multipart.FormValue;
import org.jboss.resteasy.reactive.server.multipart.MultipartFormDataInput;

/** Reads multipart/form-data: the part {@code artifact} (JSON) and the part {@code content} (the bytes). */
final class ArtifactForm {
    private ArtifactForm() {}

    static NewArtifact read(MultipartFormDataInput form) {
        FormValue artifact = part(form, "artifact");
        FormValue content = part(form, "content");
        byte[] bytes = bytes("content", content, ArtifactReader.MOST_BLOB_BYTES);
        String type = Optional.ofNullable(content.getHeaders().getFirst("Content-Type"))
                .orElse("application/octet-stream");
        String mediaType = type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return ArtifactReader.read(
                bytes("artifact", artifact, ArtifactReader.MOST_JSON_BYTES),
                Optional.of(new SentBlob(mediaType, HashedBytes.of(bytes))));
    }

    private static FormValue part(MultipartFormDataInput form, String name) {
        Collection<FormValue> values = form.getValues().getOrDefault(name, List.of());
        if (values.size() != 1) {
            throw new ProblemException(
                    ProblemType.MALFORMED_REQUEST,
                    "The form needs one part `artifact` (application/json) and one part `content` (the bytes); `%s` is there %d times."
                            .formatted(name, values.size()));
        }
        return values.iterator().next();
    }

    private static byte[] bytes(String name, FormValue part, int most) {
        if (!part.isFileItem()) {
            return part.getValue().getBytes(StandardCharsets.UTF_8);
        }
        try (InputStream stream = part.getFileItem().getInputStream()) {
            byte[] bytes = stream.readNBytes(most + 1);
            if (bytes.length > most) {
                throw new ProblemException(
                        ProblemType.TOO_LARGE, "The part `" + name + "` has more than " + most + " bytes.");
            }
            return bytes;
        } catch (IOException e) {
            throw new ProblemException(ProblemType.MALFORMED_REQUEST, "The part `" + name + "` cannot be read.");
        }
    }
}
