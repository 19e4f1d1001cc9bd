package dev.signalwright.worker.artifacts;

/**
 * The bytes of an artifact, for example a PNG.
 *
 * @param mediaType for example {@code image/png}
 * @param bytes not copied: the maker must not change them afterwards
 */
@SuppressWarnings("ArrayRecordComponent") // identity is not used; copying megabytes would be waste
public record Blob(String mediaType, byte[] bytes) {}
