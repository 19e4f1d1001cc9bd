package dev.signalwright.worker.analysis;

import dev.signalwright.worker.platform.Sleeper;
import dev.signalwright.worker.settings.Settings.ModelSettings;
import dev.signalwright.worker.task.TaskRun;
import java.util.random.RandomGenerator;

/** Chooses the analyst by {@code LLM_PROVIDER} and nothing else. */
final class Analysts {
    private Analysts() {}

    static Analyst of(TaskRun run, Sleeper sleeper, RandomGenerator random) {
        ModelSettings model = run.settings().model();
        return switch (model.provider()) {
            case RULES -> new RuleAnalyst();
            case OPENAI ->
                model.apiKey().isEmpty() && model.baseUrl().isEmpty()
                        ? new UnavailableAnalyst(
                                "openai",
                                "LLM_PROVIDER is openai, but no key is set; set LLM_API_KEY_FILE, or LLM_API_BASE_URL for a"
                                        + " server that needs none")
                        : OpenAiAnalyst.connect(model, run.clock(), sleeper, random, run.log());
            case ANTHROPIC ->
                new UnavailableAnalyst(
                        "anthropic", "LLM_PROVIDER=anthropic is not available in this version; use openai or rules");
        };
    }

    /** Answers every question with why it cannot answer. */
    private record UnavailableAnalyst(String provider, String reason) implements Analyst {
        @Override
        public String confidenceMeaning() {
            return "none";
        }

        @Override
        public String timeframe() {
            return "none";
        }

        @Override
        public Analysis analyse(ChartReading charts) {
            return new Analysis.Failed(reason, false);
        }
    }
}
