package dev.signalwright.artifacts.blob;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** A bucket's settings as a test wants them. */
record FixedS3(Optional<URI> endpoint, Duration attemptTimeout) implements BlobConfig.S3 {
    static final String ACCESS_KEY = "test-access";
    static final String SECRET_KEY = "test-secret";

    static FixedS3 at(URI endpoint) {
        return new FixedS3(Optional.of(endpoint), Duration.ofSeconds(10));
    }

    @Override
    public String region() {
        return "us-east-1";
    }

    @Override
    public Optional<String> accessKey() {
        return Optional.of(ACCESS_KEY);
    }

    @Override
    public Optional<Path> accessKeyFile() {
        return Optional.empty();
    }

    @Override
    public Optional<String> secretKey() {
        return Optional.of(SECRET_KEY);
    }

    @Override
    public Optional<Path> secretKeyFile() {
        return Optional.empty();
    }

    @Override
    public Duration callTimeout() {
        return attemptTimeout.multipliedBy(3);
    }
}
