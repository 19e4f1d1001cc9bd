package dev.signalwright.artifacts.seal;

import dev.signalwright.artifacts.seal.Verification.Broken;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Collects what a look finds. Not thread-safe: one a look. */
final class Findings {
    private final List<Broken> broken = new ArrayList<>();
    private long artifacts;
    private long blobs;
    private long changes;
    private long seals;

    void add(Broken one) {
        if (broken.size() < Verification.MOST_BROKEN) {
            broken.add(one);
        }
    }

    void artifactChecked() {
        artifacts++;
    }

    void blobChecked() {
        blobs++;
    }

    void sealChecked(int lines) {
        seals++;
        changes += lines;
    }

    /** In the order of the changes they are about; what is about none comes last. */
    Verification report(long waiting, Optional<Verification.Head> head, Optional<String> next) {
        List<Broken> inOrder = broken.stream()
                .sorted(Comparator.comparingLong(one -> one.seq() == 0 ? Long.MAX_VALUE : one.seq()))
                .toList();
        return new Verification(artifacts, blobs, changes, seals, waiting, inOrder, head, next);
    }
}
