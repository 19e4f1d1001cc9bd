package dev.signalwright.artifacts.pages.execution;

import dev.signalwright.artifacts.artifact.ArtifactOutline;
import dev.signalwright.artifacts.artifact.ArtifactType;
import dev.signalwright.artifacts.execution.Execution;
import dev.signalwright.artifacts.pages.part.Fact;
import dev.signalwright.artifacts.pages.part.Moment;
import dev.signalwright.artifacts.pages.part.OriginBadge;
import dev.signalwright.artifacts.pages.part.State;
import dev.signalwright.artifacts.pages.part.Words;
import dev.signalwright.artifacts.pages.run.Analyst;
import dev.signalwright.artifacts.pages.run.ArtifactCard;
import dev.signalwright.artifacts.pages.run.Decision;
import dev.signalwright.artifacts.pages.run.RunRecord;
import dev.signalwright.artifacts.pages.run.RunTitle;
import dev.signalwright.artifacts.seal.Seals;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The page of one run.
 *
 * @param headline what it decided, one or two sentences
 * @param warnings why it is degraded, one sentence each; empty when it is not
 * @param currency of the prices; empty when it is unknown or differs
 * @param airflow address of the run in Airflow; empty when Airflow's address is not set
 * @param events address of the stream that tells when something of the run changes
 */
record ExecutionView(
        RunTitle title,
        OriginBadge badge,
        State state,
        boolean degraded,
        String headline,
        List<String> warnings,
        List<Fact> facts,
        String currency,
        List<Decision> decisions,
        List<TaskRow> tasks,
        List<ArtifactCard.Group> artifacts,
        int artifactCount,
        String artifactsHref,
        String airflow,
        String events) {

    static ExecutionView of(Execution execution, RunRecord run, Seals.Standing seals, Optional<URI> airflow) {
        String state = execution.state().wire();
        List<Decision> decisions = decisions(run);
        return new ExecutionView(
                RunTitle.of(execution.runId(), run.session()),
                run.badge(),
                State.ofExecution(state, execution.degraded()),
                execution.degraded(),
                Headline.of(state, execution.reason(), decisions),
                execution.degraded() ? warnings(execution, run) : List.of(),
                facts(execution, run, seals),
                currency(run),
                decisions,
                TaskRow.of(run, state.equals("running")),
                ArtifactCard.groups(run),
                run.newest().size(),
                "/artifacts?execution_id=" + URLEncoder.encode(execution.runId(), StandardCharsets.UTF_8),
                airflow.map(base -> airflowRun(base, execution)).orElse(""),
                "/api/events?execution=" + execution.id());
    }

    private static List<Decision> decisions(RunRecord run) {
        boolean decides = run.of(ArtifactType.SIGNAL).stream().anyMatch(RunRecord::isDecision)
                || !run.taskResults().isEmpty();
        return decides
                ? run.symbols().stream().map(symbol -> Decision.of(run, symbol)).toList()
                : List.of();
    }

    private static List<String> warnings(Execution execution, RunRecord run) {
        List<String> warnings = new ArrayList<>();
        run.taskResults().forEach((task, result) -> {
            String why = Words.sentence(result.data().path("degraded_reason").asText());
            if (result.data().path("degraded").asBoolean() && !why.isEmpty()) {
                warnings.add(Words.task(task) + ": " + why);
            }
        });
        if (warnings.isEmpty()) {
            execution.reason().map(Words::reason).ifPresent(warnings::add);
        }
        return warnings;
    }

    private static List<Fact> facts(Execution execution, RunRecord run, Seals.Standing seals) {
        List<Fact> facts = new ArrayList<>();
        facts.add(Fact.of(
                "Session",
                run.session().map(day -> Moment.day(day) + ", New York").orElse("Not stated")));
        run.asOf().ifPresent(asOf -> facts.add(Fact.of("Decides for", Moment.full(asOf))));
        facts.add(Fact.of("Started", Moment.full(run.started().orElse(execution.firstAt()))));
        if (!execution.state().wire().equals("running") && !run.taskResults().isEmpty()) {
            facts.add(Fact.of("Took", ExecutionRow.took(execution, run)));
        }
        run.of(ArtifactType.LLM).stream()
                .flatMap(analysis -> analysis.modelName().stream())
                .distinct()
                .forEach(model -> facts.add(Fact.of("Analyst", Analyst.words(model))));
        facts.add(Fact.of("Workflow", execution.dagId()));
        facts.add(Fact.of("Run", execution.runId()));
        facts.add(Fact.of("Sealed", sealed(seals)));
        return facts;
    }

    private static String sealed(Seals.Standing seals) {
        if (!seals.chainHolds()) {
            return "Broken: what is stored is not what was sealed. ./signalwright verify names it.";
        }
        String waits = seals.waiting() == 0 ? "" : seals.waiting() + " wait for their seal";
        if (seals.newestAt().isEmpty()) {
            return waits.isEmpty() ? "Not yet" : waits;
        }
        return seals.changes() + " changes, last "
                + Moment.full(seals.newestAt().get()).text() + "; chain verified"
                + (waits.isEmpty() ? "" : "; " + waits);
    }

    private static String currency(RunRecord run) {
        List<String> currencies = run.of(ArtifactType.MARKET_DATA).stream()
                .map(ArtifactOutline::data)
                .map(data -> data.path("currency").asText())
                .filter(currency -> !currency.isEmpty())
                .distinct()
                .toList();
        return currencies.size() == 1 ? currencies.getFirst() : "";
    }

    private static String airflowRun(URI base, Execution execution) {
        return base.toString().replaceAll("/+$", "") + "/dags/" + encoded(execution.dagId()) + "/runs/"
                + encoded(execution.runId());
    }

    private static String encoded(String segment) {
        return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
