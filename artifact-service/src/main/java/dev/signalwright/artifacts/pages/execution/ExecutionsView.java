package dev.signalwright.artifacts.pages.execution;

import dev.signalwright.artifacts.pages.part.Link;
import dev.signalwright.artifacts.pages.part.State;
import dev.signalwright.artifacts.pages.part.Words;
import java.util.List;

/**
 * The list of runs.
 *
 * @param lead how they went, in one sentence; empty when there are none
 * @param tabs the states one can narrow the list by; the one with an empty address is in use
 * @param filtered whether a state is chosen
 * @param newest address of the first page; empty when this is it
 * @param older address of the next page; empty at the end
 */
record ExecutionsView(
        String lead, List<Link> tabs, boolean filtered, List<ExecutionRow> rows, String newest, String older) {

    /** "Of the last 10 runs, one failed and two were degraded." */
    static String lead(List<ExecutionRow> rows) {
        if (rows.isEmpty()) {
            return "";
        }
        if (rows.size() == 1) {
            return "One run so far.";
        }
        long running = count(rows, State.RUNNING);
        long failed = count(rows, State.FAILED);
        long degraded = count(rows, State.DEGRADED);
        String bad = Words.list(java.util.stream.Stream.of(
                        failed == 0 ? "" : Words.number(failed) + " failed",
                        degraded == 0
                                ? ""
                                : Words.number(degraded) + (degraded == 1 ? " was degraded" : " were degraded"))
                .filter(part -> !part.isEmpty())
                .toList());
        String under = running == 0 ? "" : running == 1 ? "One run is under way. " : running + " runs are under way. ";
        return under + "Of these " + Words.number(rows.size()) + " runs, "
                + (bad.isEmpty() ? "none failed and none was degraded." : bad + ".");
    }

    private static long count(List<ExecutionRow> rows, State state) {
        return rows.stream().filter(row -> row.state().equals(state)).count();
    }
}
