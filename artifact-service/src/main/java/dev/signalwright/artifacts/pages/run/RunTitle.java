package dev.signalwright.artifacts.pages.run;

import dev.signalwright.artifacts.pages.part.Moment;
import java.time.LocalDate;
import java.util.Optional;

/**
 * The name of a run for people: how it was started and the session it decides for.
 *
 * @param kind "Scheduled run" and so on
 * @param session "Thu 20 Sep 2012"; empty when unknown
 */
public record RunTitle(String kind, String session) {

    public static RunTitle of(String runId, Optional<LocalDate> session) {
        return new RunTitle(kind(runId), session.map(Moment::day).orElse(""));
    }

    public String full() {
        return session.isEmpty() ? kind : kind + ", session of " + session;
    }

    /** For breadcrumbs and lists. */
    public String brief() {
        return session.isEmpty() ? kind : kind + ", " + session;
    }

    /** Airflow begins its run ids with the kind of the run; another scheduler's id is its own name. */
    private static String kind(String runId) {
        int mark = runId.indexOf("__");
        return switch (mark < 0 ? "" : runId.substring(0, mark)) {
            case "manual" -> "Manual run";
            case "scheduled" -> "Scheduled run";
            case "backfill" -> "Backfill run";
            case "asset_triggered" -> "Asset-triggered run";
            default -> runId;
        };
    }
}
