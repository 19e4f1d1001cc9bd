package dev.signalwright.worker.simulator.fault;

import java.time.Duration;

/** What a fault does. The one catalogue; {@link FaultReader} gives each its name in scenario files. */
public sealed interface Deed {
    /** The request is taken no notice of; the connection stays open. */
    record Ignore() implements Deed {}

    /** The request is carried out, but nothing is answered. */
    record Swallow() implements Deed {}

    /** The connection is cut before the request is carried out. */
    record CutBefore() implements Deed {}

    /** The request is carried out, then the connection is cut before anything is answered. */
    record CutAfter() implements Deed {}

    /**
     * The request is carried out, then the connection is cut within its answer.
     *
     * @param bytes of the answer that still arrive, length prefixes counted
     */
    record CutAnswer(int bytes) implements Deed {}

    /** The answer comes late. */
    record Delay(Duration by) implements Deed {}

    /** The answer comes in pieces of one byte. */
    record Dribble() implements Deed {}

    /** Every message of the answer comes twice. */
    record Twice() implements Deed {}

    /** The answer lacks its end mark. */
    record WithoutEnd() implements Deed {}

    /** A message with an id nobody knows comes before the answer. */
    record UnknownMessage() implements Deed {}

    /** The request is not carried out and answered with an error of its own id. */
    record Refuse(int code, String text) implements Deed {}

    /** The request is carried out; a warning of its own id comes behind the answer. */
    record Warn(int code, String text) implements Deed {}

    /** A notice of the system (id -1) comes before the answer. */
    record Say(int code, String text) implements Deed {}

    /** Error 100 three times, then the connection is cut. */
    record PacingCut() implements Deed {}

    /** The next order id of the client goes back by that much, as after a gateway's nightly restart. */
    record RollBackIds(int by) implements Deed {}

    /** At startApi: error 326, as if another program had the client id. */
    record ClientIdTaken() implements Deed {}

    /** Every connection is cut and new ones are refused for that long. */
    record Restart(Duration away) implements Deed {}
}
