package dev.signalwright.worker.simulator;

import dev.signalwright.worker.simulator.fault.Deed;
import dev.signalwright.worker.tws.message.ServerMessage;
import dev.signalwright.worker.tws.message.ServerMessage.ErrMsg;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the deeds that strike one request do to it and to its answer.
 *
 * @param instead answers that take the place of carrying the request out; empty when it is carried out
 * @param ends whether the connection ends with it
 */
record Mishaps(
        boolean carriedOut,
        List<ServerMessage> instead,
        boolean ends,
        boolean answered,
        Duration late,
        boolean dribbled,
        boolean twice,
        boolean endMarks,
        boolean unknownFirst,
        List<ServerMessage> before,
        List<ServerMessage> behind,
        Optional<Integer> cutAt,
        int idsBackBy,
        Optional<Duration> restart) {

    private static final int SYSTEM = -1;

    /** @param id that errors about the request carry */
    static Mishaps of(List<Deed> deeds, int id) {
        Draft draft = new Draft();
        deeds.forEach(deed -> draft.take(deed, id));
        return draft.done();
    }

    private static final class Draft {
        private boolean carriedOut = true;
        private final List<ServerMessage> instead = new ArrayList<>();
        private boolean ends;
        private boolean answered = true;
        private Duration late = Duration.ZERO;
        private boolean dribbled;
        private boolean twice;
        private boolean endMarks = true;
        private boolean unknownFirst;
        private final List<ServerMessage> before = new ArrayList<>();
        private final List<ServerMessage> behind = new ArrayList<>();
        private Optional<Integer> cutAt = Optional.empty();
        private int idsBackBy;
        private Optional<Duration> restart = Optional.empty();

        void take(Deed deed, int id) {
            switch (deed) {
                case Deed.Ignore _ -> carriedOut = false;
                case Deed.Swallow _ -> answered = false;
                case Deed.CutBefore _ -> endWithout();
                case Deed.CutAfter _ -> {
                    answered = false;
                    ends = true;
                }
                case Deed.CutAnswer(int bytes) -> {
                    cutAt = Optional.of(bytes);
                    ends = true;
                }
                case Deed.Delay(Duration by) -> late = late.plus(by);
                case Deed.Dribble _ -> dribbled = true;
                case Deed.Twice _ -> twice = true;
                case Deed.WithoutEnd _ -> endMarks = false;
                case Deed.UnknownMessage _ -> unknownFirst = true;
                case Deed.Refuse(int code, String text) -> {
                    carriedOut = false;
                    instead.add(new ErrMsg(id, code, text));
                }
                case Deed.Warn(int code, String text) -> behind.add(new ErrMsg(id, code, text));
                case Deed.Say(int code, String text) -> before.add(new ErrMsg(SYSTEM, code, text));
                case Deed.PacingCut _ -> {
                    endWithout();
                    for (int strike = 0; strike < ClientSession.MOST_RATE_VIOLATIONS; strike++) {
                        instead.add(ClientSession.TOO_FAST);
                    }
                }
                case Deed.RollBackIds(int by) -> idsBackBy = by;
                case Deed.ClientIdTaken _ -> {
                    endWithout();
                    instead.add(ClientSession.CLIENT_ID_IN_USE);
                }
                case Deed.Restart(Duration away) -> {
                    endWithout();
                    restart = Optional.of(away);
                }
            }
        }

        private void endWithout() {
            carriedOut = false;
            ends = true;
        }

        Mishaps done() {
            return new Mishaps(
                    carriedOut,
                    List.copyOf(instead),
                    ends,
                    answered,
                    late,
                    dribbled,
                    twice,
                    endMarks,
                    unknownFirst,
                    List.copyOf(before),
                    List.copyOf(behind),
                    cutAt,
                    idsBackBy,
                    restart);
        }
    }

    /** Whether the client still waits for its answer afterwards. */
    boolean leavesUnanswered() {
        return !ends && (!answered || (!carriedOut && instead.isEmpty()));
    }

    /** The answer as it goes out, or what goes out instead. */
    List<ServerMessage> applied(List<ServerMessage> reply) {
        List<ServerMessage> answers = new ArrayList<>(before);
        if (!carriedOut) {
            answers.addAll(instead);
        } else if (answered) {
            for (ServerMessage message : reply) {
                if (endMarks || !Asked.isEndMark(message)) {
                    answers.add(message);
                    if (twice) {
                        answers.add(message);
                    }
                }
            }
            answers.addAll(behind);
        }
        return answers;
    }
}
