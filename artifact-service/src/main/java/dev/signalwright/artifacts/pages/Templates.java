package dev.signalwright.artifacts.pages;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/** The pages' templates; the build checks every name in them against these types. */
@CheckedTemplate(basePath = "pages")
final class Templates {
    private Templates() {}

    static native TemplateInstance executions(Frame frame, ExecutionsView view);

    static native TemplateInstance execution(Frame frame, ExecutionView view);

    static native TemplateInstance artifacts(Frame frame, ArtifactsView view);

    static native TemplateInstance artifact(Frame frame, ArtifactView view);

    static native TemplateInstance signal(Frame frame, SignalView view);

    static native TemplateInstance retention(Frame frame, RetentionView view);

    static native TemplateInstance login(Frame frame, String to, String refusal);

    static native TemplateInstance error(Frame frame, String title, String sentence, String advice, String id);
}
