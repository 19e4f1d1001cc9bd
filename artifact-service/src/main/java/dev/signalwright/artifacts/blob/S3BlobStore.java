package dev.signalwright.artifacts.blob;

import dev.signalwright.artifacts.identity.Sha256;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Consumer;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Blobs as objects {@code prefix/ab/cd/<sha256>} of an S3-compatible bucket. An object is written only where there is
 * none ({@code If-None-Match: *}), so two writers of the same bytes cannot hurt each other, and the bucket checks their
 * SHA-256. Attempts and time are bounded; a lost answer is settled by the next attempt's 412.
 */
final class S3BlobStore implements BlobStore {
    private static final int MOST_ATTEMPTS = 3;
    private static final int THERE_ALREADY = 412;
    private static final int RACE = 409;

    private final S3Client bucketClient;
    private final String bucket;
    private final String prefix;

    /** @param address {@code s3://bucket} or {@code s3://bucket/prefix} */
    S3BlobStore(URI address, BlobConfig.S3 config) {
        this.bucket = Optional.ofNullable(address.getAuthority())
                .orElseThrow(() -> new BlobStoreException(
                        "ARTIFACT_BLOB_STORE needs a bucket: s3://bucket or s3://bucket/prefix."));
        String path = address.getPath().replaceAll("^/+|/+$", "");
        this.prefix = path.isEmpty() ? "" : path + "/";
        this.bucketClient = client(config);
    }

    private static S3Client client(BlobConfig.S3 config) {
        S3ClientBuilder builder = S3Client.builder()
                .region(Region.of(config.region()))
                .credentialsProvider(credentials(config))
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(config.attemptTimeout())
                        .socketTimeout(config.attemptTimeout()))
                .overrideConfiguration(calls -> calls.apiCallAttemptTimeout(config.attemptTimeout())
                        .apiCallTimeout(config.callTimeout())
                        .retryStrategy(StandardRetryStrategy.builder()
                                .maxAttempts(MOST_ATTEMPTS)
                                .build()))
                .serviceConfiguration(service -> service.chunkedEncodingEnabled(false))
                // Our own SHA-256 is sent with each object and checked on each read: no second sum is needed.
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED);
        config.endpoint()
                .ifPresent(endpoint -> builder.endpointOverride(endpoint).forcePathStyle(true));
        return builder.build();
    }

    private static AwsCredentialsProvider credentials(BlobConfig.S3 config) {
        Optional<String> access = secret(config.accessKeyFile(), config.accessKey());
        Optional<String> secret = secret(config.secretKeyFile(), config.secretKey());
        if (access.isPresent() != secret.isPresent()) {
            throw new BlobStoreException(
                    "ARTIFACT_BLOB_S3_ACCESS_KEY and ARTIFACT_BLOB_S3_SECRET_KEY belong together: one is missing.");
        }
        return access.isPresent()
                ? StaticCredentialsProvider.create(AwsBasicCredentials.create(access.get(), secret.orElseThrow()))
                : DefaultCredentialsProvider.builder().build();
    }

    private static Optional<String> secret(Optional<Path> file, Optional<String> value) {
        return file.map(S3BlobStore::text).or(() -> value);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new BlobStoreException("The key file " + file + " of the bucket cannot be read.", e);
        }
    }

    @Override
    public String name() {
        return "s3";
    }

    @Override
    public void put(String sha256, byte[] content) {
        PutObjectRequest.Builder request = PutObjectRequest.builder()
                .bucket(bucket)
                .key(key(sha256))
                .checksumSHA256(
                        Base64.getEncoder().encodeToString(HexFormat.of().parseHex(sha256)));
        PutObjectRequest ifAbsent = request.copy().ifNoneMatch("*").build();
        for (int attempt = 1; ; attempt++) {
            try {
                bucketClient.putObject(ifAbsent, RequestBody.fromBytes(content));
                return;
            } catch (S3Exception refusal) {
                if (refusal.statusCode() == THERE_ALREADY) {
                    mend(sha256, content, request.build());
                    return;
                }
                if (refusal.statusCode() != RACE || attempt == MOST_ATTEMPTS) {
                    throw trouble("does not take", sha256, refusal);
                }
            } catch (SdkException failure) {
                throw trouble("does not take", sha256, failure);
            }
        }
    }

    /** An object is there: usually the same bytes, which an earlier attempt or another artifact left. */
    private void mend(String sha256, byte[] content, PutObjectRequest anyway) {
        if (get(sha256).map(Sha256::of).filter(sha256::equals).isEmpty()) {
            try {
                bucketClient.putObject(anyway, RequestBody.fromBytes(content));
            } catch (SdkException failure) {
                throw trouble("does not take", sha256, failure);
            }
        }
    }

    @Override
    public Optional<byte[]> get(String sha256) {
        try {
            return Optional.of(bucketClient
                    .getObjectAsBytes(get -> get.bucket(bucket).key(key(sha256)))
                    .asByteArrayUnsafe());
        } catch (NoSuchKeyException missing) {
            return Optional.empty();
        } catch (SdkException failure) {
            throw trouble("does not give", sha256, failure);
        }
    }

    @Override
    public void remove(String sha256) {
        try {
            bucketClient.deleteObject(delete -> delete.bucket(bucket).key(key(sha256)));
        } catch (SdkException failure) {
            throw trouble("does not let go of", sha256, failure);
        }
    }

    @Override
    public void olderThan(Instant moment, Consumer<String> sha256) {
        try {
            bucketClient.listObjectsV2Paginator(list -> list.bucket(bucket).prefix(prefix)).contents().stream()
                    .filter(object -> object.lastModified().isBefore(moment))
                    .map(object -> object.key().substring(object.key().lastIndexOf('/') + 1))
                    .filter(name -> name.matches("[0-9a-f]{64}"))
                    .forEach(sha256);
        } catch (SdkException failure) {
            throw new BlobStoreException(
                    "The bucket " + bucket + " cannot be listed: " + failure.getMessage(), failure);
        }
    }

    private String key(String sha256) {
        return prefix + sha256.substring(0, 2) + "/" + sha256.substring(2, 4) + "/" + sha256;
    }

    private BlobStoreException trouble(String what, String sha256, SdkException failure) {
        return new BlobStoreException(
                "The bucket " + bucket + " " + what + " " + sha256 + ": " + failure.getMessage(), failure);
    }
}
