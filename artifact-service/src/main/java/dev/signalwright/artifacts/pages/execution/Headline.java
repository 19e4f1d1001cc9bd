package dev.signalwright.artifacts.pages.execution;

import dev.signalwright.artifacts.pages.part.Words;
import dev.signalwright.artifacts.pages.run.Decision;
import java.util.List;
import java.util.Optional;

/** The one sentence at the top of a run's page: what it decided, or why it did not. */
final class Headline {
    private static final int NAMED = 3;

    private Headline() {}

    /**
     * @param state the execution's state
     * @param reason what the execution says about its state
     * @param decisions one per symbol
     */
    static String of(String state, Optional<String> reason, List<Decision> decisions) {
        String why = Words.reason(reason.orElse(""));
        List<Decision> decided = decisions.stream().filter(Decision::decided).toList();
        if (state.equals("skipped")) {
            return why.isEmpty() ? "This run was skipped and gave no reason." : "Skipped. " + why;
        }
        if (state.equals("failed")) {
            String decisionsMade = decided.isEmpty() ? "" : " " + counts(decided, decisions);
            return (why.isEmpty() ? "This run failed and gave no reason." : "Failed. " + why) + decisionsMade;
        }
        if (decided.isEmpty() && state.equals("running")) {
            return "This run is under way; nothing is decided yet.";
        }
        if (decisions.isEmpty()) {
            return why.isEmpty() ? "This run stored no decisions." : why;
        }
        return counts(decided, decisions);
    }

    private static String counts(List<Decision> decided, List<Decision> all) {
        List<Decision> open =
                all.stream().filter(decision -> !decision.decided()).toList();
        if (open.isEmpty()) {
            return all.size() == 1
                    ? all.getFirst().symbol() + " was decided: " + lower(all.getFirst()) + "."
                    : Words.capital(all.size() == 2 ? "both" : "all " + Words.number(all.size()))
                            + " symbols were decided: " + actions(decided) + ".";
        }
        String first = decided.isEmpty()
                ? ""
                : Words.capital(Words.number(decided.size())) + " of " + Words.number(all.size())
                        + (decided.size() == 1 ? " symbols was decided: " : " symbols were decided: ")
                        + actions(decided)
                        + ". ";
        String names = open.size() > NAMED
                ? Words.number(open.size()) + " symbols"
                : Words.list(open.stream().map(Decision::symbol).toList());
        boolean oneReason = open.stream().map(Decision::reason).distinct().count() == 1;
        return first + "Nothing was decided for " + names
                + (oneReason ? ": " + Words.uncapitalSentence(open.getFirst().reason()) : ", see below.");
    }

    private static String actions(List<Decision> decided) {
        return Words.list(decided.stream()
                .collect(java.util.stream.Collectors.groupingBy(
                        Headline::lower, java.util.LinkedHashMap::new, java.util.stream.Collectors.counting()))
                .entrySet()
                .stream()
                .map(count -> count.getValue() + " " + count.getKey())
                .toList());
    }

    private static String lower(Decision decision) {
        return decision.action().word().toLowerCase(java.util.Locale.ROOT);
    }
}
