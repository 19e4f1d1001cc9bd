package dev.signalwright.artifacts.blob;

/** The folder or the bucket does not do what was asked; whether the bytes are there is unknown. The message is a sentence. */
public final class BlobStoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BlobStoreException(String sentence, Throwable cause) {
        super(sentence, cause);
    }

    BlobStoreException(String sentence) {
        super(sentence);
    }
}
