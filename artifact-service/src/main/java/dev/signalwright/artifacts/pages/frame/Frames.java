package dev.signalwright.artifacts.pages.frame;

import dev.signalwright.artifacts.access.Roles;
import dev.signalwright.artifacts.pages.part.Words;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.zip.CRC32;

/** Makes the frame of a page for the person who asks. */
@Singleton
public final class Frames {
    private static final List<String> VERSIONED = List.of("live.js", "look.css", "page.js", "theme.js");

    private final PagesConfig config;
    private final SecurityIdentity identity;
    private final String version = version();

    Frames(PagesConfig config, SecurityIdentity identity) {
        this.config = config;
        this.identity = identity;
    }

    public Frame of(String title, String section) {
        String name = identity.isAnonymous() ? "" : identity.getPrincipal().getName();
        return new Frame(
                title,
                section,
                name,
                identity.hasRole(Roles.OPERATOR),
                Words.tradingMode(config.tradingMode()),
                version);
    }

    private static String version() {
        CRC32 sum = new CRC32();
        for (String name : VERSIONED) {
            try (InputStream file = Thread.currentThread()
                    .getContextClassLoader()
                    .getResourceAsStream("META-INF/resources/static/" + name)) {
                if (file == null) {
                    throw new IllegalStateException("The build lost the static file " + name + ".");
                }
                sum.update(file.readAllBytes());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return Long.toHexString(sum.getValue());
    }
}
