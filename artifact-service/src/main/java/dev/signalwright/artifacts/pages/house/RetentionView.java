package dev.signalwright.artifacts.pages.house;

import dev.signalwright.artifacts.pages.part.Moment;
import dev.signalwright.artifacts.retention.Retention;
import java.util.List;
import java.util.Locale;

/**
 * The page of what goes and what is held.
 *
 * @param lead what the next run takes, in a sentence
 */
record RetentionView(String lead, List<Rule> rules, List<Held> holds, List<Done> runs) {
    /** A line for a rule. */
    record Rule(String type, String age, Moment before, String artifacts, String size, String held) {}

    /** A line for a hold. */
    record Held(String href, String run, String reason, String by, Moment at) {}

    /** A line for a run of the job. */
    record Done(Moment at, String by, String artifacts, String size, String rules) {}

    static RetentionView of(List<Retention.Due> due, List<Retention.Hold> holds, List<Retention.Run> runs) {
        return new RetentionView(
                lead(due),
                due.stream().map(RetentionView::rule).toList(),
                holds.stream().map(RetentionView::held).toList(),
                runs.stream().map(RetentionView::done).toList());
    }

    private static String lead(List<Retention.Due> due) {
        if (due.isEmpty()) {
            return "Everything is kept for ever: ARTIFACT_RETENTION names no rule.";
        }
        long artifacts = due.stream().mapToLong(Retention.Due::artifacts).sum();
        long bytes = due.stream().mapToLong(Retention.Due::bytes).sum();
        return artifacts == 0
                ? "Nothing is old enough to go."
                : "The next run takes the content of " + count(artifacts) + " artifacts, " + size(bytes)
                        + ". Their hashes and what was made from them stay.";
    }

    private static Rule rule(Retention.Due due) {
        return new Rule(
                due.rule().type().wire(),
                due.rule().age().toString(),
                Moment.brief(due.before()),
                count(due.artifacts()),
                size(due.bytes()),
                count(due.held()));
    }

    private static Held held(Retention.Hold hold) {
        return new Held(
                "/executions/" + hold.execution(),
                hold.runId(),
                hold.reason(),
                hold.placedBy(),
                Moment.brief(hold.placedAt()));
    }

    private static Done done(Retention.Run run) {
        return new Done(
                Moment.brief(run.startedAt()), run.actor(), count(run.artifacts()), size(run.bytes()), run.rules());
    }

    private static String count(long number) {
        return String.format(Locale.ENGLISH, "%,d", number);
    }

    private static String size(long bytes) {
        return bytes < 1 << 20 ? count((bytes + 1023) >> 10) + " KiB" : count(bytes >> 20) + " MiB";
    }
}
