package dev.signalwright.artifacts.seal;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What a look at the store, or at a part of it, found.
 *
 * @param artifacts looked at, tombstones too
 * @param blobs read and hashed
 * @param changes compared with their lines
 * @param seals checked
 * @param waiting changes that are not sealed yet
 * @param broken what is wrong, the first broken thing first; at most {@link #MOST_BROKEN}
 * @param head the newest seal of what was looked at
 * @param next where the next page begins; empty at the end
 */
public record Verification(
        long artifacts,
        long blobs,
        long changes,
        long seals,
        long waiting,
        List<Broken> broken,
        Optional<Head> head,
        Optional<String> next) {
    /** More are not listed. */
    static final int MOST_BROKEN = 100;

    /** Says what does not agree. */
    public boolean isSound() {
        return broken.isEmpty();
    }

    /**
     * One thing that does not agree.
     *
     * @param artifactId the artifact, when it is one's
     * @param chain the execution whose chain it is in; all zeros for none
     * @param seq the change it is about; 0 when it is about none
     * @param what a sentence
     */
    public record Broken(Optional<UUID> artifactId, Optional<UUID> chain, long seq, String what) {}

    /**
     * One value that vouches for all seals up to it. Whoever noted it elsewhere can show later that they are the same.
     *
     * @param position in the store's chain
     * @param storeSha256 the store's hash there
     */
    public record Head(long position, String storeSha256) {
        /** As the command takes it. */
        public String text() {
            return position + ":" + storeSha256;
        }
    }
}
