package dev.signalwright.worker.analysis;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Reads the charts of one symbol. Closed when the task has ended. */
interface Analyst extends AutoCloseable {
    /** The setting's word, for example {@code rules}; an earlier try's answer is reused only if it is the same. */
    String provider();

    /** What this analyst's confidence is, for a person. */
    String confidenceMeaning();

    /** What it looks at, for example {@code daily and weekly}. */
    String timeframe();

    /** Asks once per symbol; retries inside are this analyst's own affair. Never throws for expected trouble. */
    Analysis analyse(ChartReading charts);

    @Override
    default void close() {}

    /** What came of it. */
    sealed interface Analysis {
        /**
         * There is an answer.
         *
         * @param prompt the text that was asked, without pictures
         * @param response the answer exactly as it came
         * @param modelName as the answering side names itself
         * @param reading what the answer says
         * @param metadata tokens, attempts, strictness: how it came about
         */
        record Answered(String prompt, String response, String modelName, Reading reading, ObjectNode metadata)
                implements Analysis {}

        /**
         * There is none.
         *
         * @param reason why, as the rest of a sentence, without the full stop
         * @param worthRetrying whether another try may succeed without anybody changing anything
         */
        record Failed(String reason, boolean worthRetrying) implements Analysis {}
    }
}
