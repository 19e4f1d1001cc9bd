package dev.signalwright.artifacts.pages.house;

import dev.signalwright.artifacts.access.Roles;
import dev.signalwright.artifacts.pages.frame.Frames;
import dev.signalwright.artifacts.retention.Retention;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** The page of retention and holds. */
@Path("/retention")
@Produces(MediaType.TEXT_HTML)
public class RetentionPages {
    private final Retention retention;
    private final Frames frames;

    RetentionPages(Retention retention, Frames frames) {
        this.retention = retention;
        this.frames = frames;
    }

    @GET
    @RolesAllowed(Roles.OPERATOR)
    public String show() {
        return Templates.retention(
                        frames.of("Retention", "retention"),
                        RetentionView.of(retention.due(), retention.holds(), retention.runs()))
                .render();
    }
}
