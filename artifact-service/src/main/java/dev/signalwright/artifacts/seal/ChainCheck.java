package dev.signalwright.artifacts.seal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalwright.artifacts.seal.SealText.Change;
import dev.signalwright.artifacts.seal.Verification.Broken;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/** Compares seals with their texts, with each other and with the changes they tell of. Not thread-safe: one a look. */
final class ChainCheck {
    /** Members of a line that tell of the artifact, not of the change. */
    private static final List<String> OF_ARTIFACT = List.of("key", "blob_sha256", "side_sha256", "parents");

    private final SealRepository seals;
    private final Findings findings;

    ChainCheck(SealRepository seals, Findings findings) {
        this.seals = seals;
        this.findings = findings;
    }

    /** Everything about one seal. */
    void check(SealRepository.Row seal) {
        UUID chain = seal.head().chain();
        List<SealRepository.Sealed> lines = seals.lines(seal.position());
        findings.sealChecked(lines.size());
        String name = "Seal " + seal.head().number() + " of the chain";
        String computed = SealText.sha256(
                seal.head(), lines.stream().map(SealRepository.Sealed::line).toList());
        if (!computed.equals(seal.sha256())) {
            findings.add(broken(chain, 0, name + " was altered: its text does not have its hash any more."));
        }
        if (lines.size() != seal.head().entries()) {
            findings.add(broken(
                    chain,
                    0,
                    name + " has " + lines.size() + " lines instead of "
                            + seal.head().entries() + "."));
        }
        checkPrevious(seal, name);
        checkStore(seal, name);
        lines.forEach(line -> check(chain, line));
        checkRows(chain, lines);
    }

    private void checkPrevious(SealRepository.Row seal, String name) {
        SealText.Head head = seal.head();
        Optional<String> previous = head.number() == 1
                ? Optional.of(SealText.NOTHING_BEFORE)
                : seals.at(head.chain(), head.number() - 1).map(SealRepository.Row::sha256);
        if (previous.isEmpty()) {
            findings.add(broken(head.chain(), 0, "Seal " + (head.number() - 1) + " of the chain is gone."));
        } else if (!previous.get().equals(head.previousSha256())) {
            findings.add(broken(head.chain(), 0, name + " does not follow the one before it."));
        }
    }

    private void checkStore(SealRepository.Row seal, String name) {
        Optional<String> previous = seal.position() == 1
                ? Optional.of(SealText.NOTHING_BEFORE)
                : seals.at(seal.position() - 1).map(SealRepository.Row::storeSha256);
        if (previous.isEmpty()) {
            findings.add(broken(seal.head().chain(), 0, "Seal " + (seal.position() - 1) + " of the store is gone."));
        } else if (!SealText.storeSha256(previous.get(), seal.sha256()).equals(seal.storeSha256())) {
            findings.add(broken(seal.head().chain(), 0, name + " is not in the store's chain as it was sealed."));
        }
    }

    private void check(UUID chain, SealRepository.Sealed sealed) {
        ObjectNode line;
        try {
            line = SealText.read(sealed.line());
        } catch (IllegalArgumentException unreadable) {
            findings.add(broken(chain, sealed.seq(), "The line of change " + sealed.seq() + " was altered."));
            return;
        }
        Change change = sealed.change();
        if (change == null) {
            findings.add(new Broken(
                    artifact(line), Optional.of(chain), sealed.seq(), "The change " + sealed.seq() + " is gone."));
            return;
        }
        Set<String> differing = differing(line, SealText.of(change));
        if (!change.chain().equals(chain)) {
            differing.add("execution_uuid");
        }
        if (!differing.isEmpty()) {
            findings.add(new Broken(
                    artifact(line),
                    Optional.of(chain),
                    sealed.seq(),
                    "The change " + sealed.seq() + " was altered: " + String.join(", ", differing) + "."));
        }
    }

    private static Set<String> differing(ObjectNode line, ObjectNode change) {
        ObjectNode told = line.deepCopy();
        told.remove(OF_ARTIFACT);
        Set<String> names = new TreeSet<>();
        told.fieldNames().forEachRemaining(names::add);
        change.fieldNames().forEachRemaining(names::add);
        names.removeIf(name -> same(told.get(name), change.get(name)));
        return names;
    }

    /** A line was read back from text: 1 and 1.0 are the same there, and whole numbers have no width. */
    private static boolean same(JsonNode one, JsonNode other) {
        return Objects.equals(one, other)
                || (one != null && other != null && SealText.canonical(one).equals(SealText.canonical(other)));
    }

    private void checkRows(UUID chain, List<SealRepository.Sealed> lines) {
        List<UUID> ids = lines.stream()
                .flatMap(line -> Optional.ofNullable(line.change()).map(Change::artifactId).stream())
                .distinct()
                .toList();
        seals.withoutRow(ids).forEach(id -> findings.add(gone(chain, id, seqOf(lines, id))));
    }

    private static long seqOf(List<SealRepository.Sealed> lines, UUID id) {
        return lines.stream()
                .filter(line -> line.change() != null && id.equals(line.change().artifactId()))
                .mapToLong(SealRepository.Sealed::seq)
                .min()
                .orElse(0);
    }

    static Broken gone(UUID chain, UUID id, long seq) {
        return new Broken(Optional.of(id), Optional.of(chain), seq, "The artifact's row is gone.");
    }

    private static Optional<UUID> artifact(ObjectNode line) {
        return Optional.ofNullable(line.path("artifact_id").textValue()).map(UUID::fromString);
    }

    private static Broken broken(UUID chain, long seq, String what) {
        return new Broken(Optional.empty(), Optional.of(chain), seq, what);
    }
}
