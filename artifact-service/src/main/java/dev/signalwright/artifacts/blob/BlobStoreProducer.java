package dev.signalwright.artifacts.blob;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.URI;
import java.nio.file.Path;

/** Makes the store that the settings name. The classes of the bucket's client load only when a bucket is named. */
class BlobStoreProducer {
    @Produces
    @Singleton
    BlobStore store(BlobConfig config) {
        String where = config.store().strip();
        if (where.equals("postgresql")) {
            return new RowBlobStore();
        }
        if (where.startsWith("s3://")) {
            return new S3BlobStore(URI.create(where), config.s3());
        }
        String folder = where.startsWith("directory:") ? where.substring("directory:".length()) : where;
        if (folder.contains("/")) {
            return new FolderBlobStore(Path.of(folder));
        }
        throw new BlobStoreException("ARTIFACT_BLOB_STORE is " + where
                + "; it must be postgresql, directory:/path/of/a/folder or s3://bucket/prefix.");
    }
}
