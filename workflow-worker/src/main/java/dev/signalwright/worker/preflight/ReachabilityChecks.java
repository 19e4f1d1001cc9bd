package dev.signalwright.worker.preflight;

import dev.signalwright.worker.settings.Settings;
import dev.signalwright.worker.settings.Settings.ModelSettings;
import dev.signalwright.worker.task.TaskRun;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The parts a run can do without for a while: artifact service, model settings, tracking server. Warnings only. */
final class ReachabilityChecks {
    private final HttpProbe probe;

    ReachabilityChecks(HttpProbe probe) {
        this.probe = probe;
    }

    List<Check> all(TaskRun run) {
        return List.of(artifactService(run), model(run.settings().model()), mlflow(run));
    }

    private Check artifactService(TaskRun run) {
        URI url = run.settings().artifactService().url();
        Instant start = run.clock().instant();
        try {
            int status = probe.status(URI.create(withoutSlash(url) + "/q/health/ready"));
            Duration latency = Duration.between(start, run.clock().instant());
            return switch (status) {
                case 200 ->
                    Check.passed(
                            "artifact_service", false, latency, "The artifact service and its database are ready.");
                case 503 ->
                    Check.failed(
                            "artifact_service",
                            false,
                            latency,
                            "The artifact service answers, but its database does not.",
                            "Artifacts are kept in the spool until it does; ./signalwright status shows the parts.");
                default ->
                    Check.failed(
                            "artifact_service",
                            false,
                            latency,
                            "What answers at " + url + " is not a ready artifact service (status " + status + ").",
                            "Check ARTIFACT_SERVICE_URL.");
            };
        } catch (IOException e) {
            return Check.failed(
                    "artifact_service",
                    false,
                    Duration.between(start, run.clock().instant()),
                    "The artifact service at " + url + " cannot be reached: " + e.getMessage() + ".",
                    "Artifacts are kept in the spool and delivered later.");
        }
    }

    private static Check model(ModelSettings model) {
        return switch (model.provider()) {
            case RULES -> Check.passed("model", false, Duration.ZERO, "The built-in rule analyst reads the charts.");
            case OPENAI ->
                model.apiKey().isPresent() || model.baseUrl().isPresent()
                        ? Check.passed("model", false, Duration.ZERO, "An OpenAI-compatible model reads the charts.")
                        : Check.failed(
                                "model",
                                false,
                                Duration.ZERO,
                                "LLM_PROVIDER is openai, but LLM_API_KEY is not set.",
                                "Set LLM_API_KEY, or LLM_API_BASE_URL for a server that needs no key.");
            case ANTHROPIC ->
                Check.failed(
                        "model",
                        false,
                        Duration.ZERO,
                        "LLM_PROVIDER is anthropic, which this version does not speak.",
                        "Set LLM_PROVIDER to openai or rules.");
        };
    }

    private Check mlflow(TaskRun run) {
        Settings settings = run.settings();
        if (settings.mlflow().isEmpty()) {
            return Check.passed("mlflow", false, Duration.ZERO, "No tracking server is set.");
        }
        URI url = settings.mlflow().get();
        Instant start = run.clock().instant();
        try {
            int status = probe.status(URI.create(withoutSlash(url) + "/health"));
            Duration latency = Duration.between(start, run.clock().instant());
            return status == 200
                    ? Check.passed("mlflow", false, latency, "The tracking server is ready.")
                    : Check.failed(
                            "mlflow",
                            false,
                            latency,
                            "The tracking server at " + url + " answers with status " + status + ".",
                            "Check MLFLOW_TRACKING_URI.");
        } catch (IOException e) {
            return Check.failed(
                    "mlflow",
                    false,
                    Duration.between(start, run.clock().instant()),
                    "The tracking server at " + url + " cannot be reached: " + e.getMessage() + ".",
                    "Start it, or take MLFLOW_TRACKING_URI out of the settings.");
        }
    }

    private static String withoutSlash(URI url) {
        return url.toString().replaceAll("/+$", "");
    }
}
