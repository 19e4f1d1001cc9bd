package dev.signalwright.artifacts.pages.house;

import dev.signalwright.artifacts.pages.frame.Frame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/** The templates of this room; the build checks every name in them against these types. */
@CheckedTemplate(basePath = "pages")
final class Templates {
    private Templates() {}

    static native TemplateInstance retention(Frame frame, RetentionView view);

    static native TemplateInstance login(Frame frame, String to, String refusal);

    static native TemplateInstance error(Frame frame, String title, String sentence, String advice, String id);
}
