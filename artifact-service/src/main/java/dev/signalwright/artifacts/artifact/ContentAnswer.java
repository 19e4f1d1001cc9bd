package dev.signalwright.artifacts.artifact;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Set;

/** Bytes of strangers, served so that no browser runs them. */
final class ContentAnswer {
    private static final Set<String> SHOWN = Set.of("image/png", "image/jpeg");

    private ContentAnswer() {}

    static Response of(Artifacts.Content content) {
        Artifact.BlobInfo info = content.info();
        String disposition = SHOWN.contains(info.mediaType()) ? "inline" : "attachment";
        return Response.ok(content.bytes(), info.mediaType())
                .header(HttpHeaders.CONTENT_DISPOSITION, disposition)
                .header("X-Content-Type-Options", "nosniff")
                .header("Content-Security-Policy", "default-src 'none'; sandbox")
                // The bytes behind a hash never change, but who may see them can.
                .header(HttpHeaders.CACHE_CONTROL, "private, no-cache")
                .tag(info.sha256())
                .build();
    }
}
