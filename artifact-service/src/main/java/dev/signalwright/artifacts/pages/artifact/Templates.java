package dev.signalwright.artifacts.pages.artifact;

import dev.signalwright.artifacts.pages.frame.Frame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/** The templates of this room; the build checks every name in them against these types. */
@CheckedTemplate(basePath = "pages")
final class Templates {
    private Templates() {}

    static native TemplateInstance artifacts(Frame frame, ArtifactsView view);

    static native TemplateInstance artifact(Frame frame, ArtifactView view);

    static native TemplateInstance signal(Frame frame, SignalView view);
}
