package dev.signalwright.artifacts.pages.execution;

import dev.signalwright.artifacts.pages.frame.Frame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/** The templates of this room; the build checks every name in them against these types. */
@CheckedTemplate(basePath = "pages")
final class Templates {
    private Templates() {}

    static native TemplateInstance executions(Frame frame, ExecutionsView view);

    static native TemplateInstance execution(Frame frame, ExecutionView view);
}
