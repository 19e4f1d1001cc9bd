package dev.signalwright.artifacts.pages.artifact;

import dev.signalwright.artifacts.pages.content.Exchange;
import dev.signalwright.artifacts.pages.content.Picture;
import dev.signalwright.artifacts.pages.part.Fact;
import dev.signalwright.artifacts.pages.part.Prose;
import dev.signalwright.artifacts.pages.part.Table;
import io.quarkus.qute.RawString;
import java.util.List;
import java.util.Optional;

/**
 * The page of an artifact that is not a signal.
 *
 * @param lead what it says, in one sentence
 * @param warnings what a reader must know before trusting it
 * @param facts single values
 * @param factsTitle their heading
 * @param tables lists
 * @param tree what is neither
 * @param exchange the analyst's prompt and reply
 * @param reasoning the reply's own reasons
 * @param steps its lineage
 */
record ArtifactView(
        ArtifactHead head,
        String lead,
        List<String> warnings,
        Optional<Picture> picture,
        String factsTitle,
        List<Fact> facts,
        List<Table> tables,
        Optional<RawString> tree,
        Optional<Exchange> exchange,
        Optional<Prose.Text> reasoning,
        List<Lineage.Step> steps) {}
