package dev.signalwright.worker.artifacts;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a task made, before the desk adds who it is (dag, run, task, try, key, id) and its hash.
 *
 * @param type the artifact's type
 * @param name part of the identity: lower-case snake case, for example {@code daily_bars}
 * @param symbol the ticker; empty for account-wide artifacts
 * @param asOf the instant the run decides for; empty only before preflight has fixed it
 * @param origin the maker's own claim; the desk worsens it to the worst of the parents
 * @param parents ids of the artifacts this one was made from
 * @param produced the type's own members as contract section 1 names them, for example {@code {"data":{...}}},
 *     {@code {"chart_type":...,"chart_data":{...}}} or {@code {"action":...,"confidence":...,"signal_data":{...}}}
 * @param metadata free object that may be patched later; not part of the content hash
 * @param blob the bytes; empty when there are none
 */
public record Draft(
        ArtifactType type,
        String name,
        Optional<String> symbol,
        Optional<Instant> asOf,
        Origin origin,
        List<String> parents,
        ObjectNode produced,
        ObjectNode metadata,
        Optional<Blob> blob) {

    public Draft {
        parents = List.copyOf(parents);
    }
}
