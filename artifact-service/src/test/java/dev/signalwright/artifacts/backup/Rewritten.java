package dev.signalwright.artifacts.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** A backup that somebody has written anew with other members. */
final class Rewritten {
    private Rewritten() {}

    static Path of(Path file, Path target, Map<String, byte[]> instead) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile());
                ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(target))) {
            for (ZipEntry entry : zip.stream().toList()) {
                out.putNextEntry(new ZipEntry(entry.getName()));
                byte[] other = instead.get(entry.getName());
                out.write(other == null ? zip.getInputStream(entry).readAllBytes() : other);
                out.closeEntry();
            }
        }
        return target;
    }

    static Manifest manifest(Path file) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            return Manifest.read(
                    zip.getInputStream(zip.getEntry(Manifest.MEMBER)).readAllBytes());
        }
    }
}
