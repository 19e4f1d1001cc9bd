package dev.signalwright.artifacts.blob;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Settings of the blob room. Environment names are these in capitals, e.g. {@code ARTIFACT_BLOB_STORE}. */
@ConfigMapping(prefix = "artifact.blob")
public interface BlobConfig {

    /** Where new blobs go: {@code postgresql}, {@code directory:/path} (or a path alone), {@code s3://bucket/prefix}. */
    @WithDefault("postgresql")
    String store();

    /** Bytes that no row refers to are removed when they are older than this. */
    @WithDefault("PT24H")
    Duration orphanAge();

    /** How often they are looked for. */
    @WithDefault("1h")
    String collectEvery();

    /** Used with {@code s3://} only. */
    S3 s3();

    /** How to reach the bucket. */
    interface S3 {
        /** Of another provider than AWS; addresses then carry the bucket in their path. */
        Optional<URI> endpoint();

        /** The bucket's region. */
        @WithDefault("us-east-1")
        String region();

        /** Without both keys the SDK looks in its usual places: profile, container or machine role. */
        Optional<String> accessKey();

        Optional<Path> accessKeyFile();

        Optional<String> secretKey();

        Optional<Path> secretKeyFile();

        /** The longest that one attempt may take. */
        @WithDefault("PT4S")
        Duration attemptTimeout();

        /** The longest that a call may take with all its attempts. The artifact's transaction waits that long. */
        @WithDefault("PT10S")
        Duration callTimeout();
    }
}
