package dev.signalwright.worker.simulator;

import dev.signalwright.worker.tws.message.ClientMessage;

/** What goes wrong on purpose, asked before every connection and every request. */
public interface FaultPlan {
    /** What happens to a connection or a request. */
    enum Action {
        /** Nothing goes wrong. */
        ANSWER,
        /** It is taken no notice of; the connection stays open. */
        IGNORE,
        /** It is carried out, but nothing is answered. */
        SWALLOW,
        /** The connection is cut before it is carried out. */
        CUT_BEFORE,
        /** It is carried out, then the connection is cut in the middle of the answer's first frame. */
        CUT_ANSWER
    }

    /** {@code ANSWER}, {@code IGNORE} (accept and stay silent) or {@code CUT_BEFORE}. */
    Action onConnect();

    Action on(ClientMessage request);

    /** Nothing goes wrong. */
    static FaultPlan none() {
        return new FaultPlan() {
            @Override
            public Action onConnect() {
                return Action.ANSWER;
            }

            @Override
            public Action on(ClientMessage request) {
                return Action.ANSWER;
            }
        };
    }
}
