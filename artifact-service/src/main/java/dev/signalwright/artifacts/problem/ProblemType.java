package dev.signalwright.artifacts.problem;

import java.net.URI;
import java.util.Locale;

/** Every kind of refusal a client can meet. The names are public and never change. */
public enum ProblemType {
    MALFORMED_REQUEST(400, "The request cannot be read"),
    NOT_AUTHENTICATED(401, "No valid token was sent"),
    NOT_ALLOWED(403, "The token does not allow this"),
    NOT_FOUND(404, "There is nothing here"),
    METHOD_NOT_ALLOWED(405, "This address does not answer to that method"),
    NOT_ACCEPTABLE(406, "There is no answer in that format"),
    KEY_CONFLICT(409, "The key is taken by other content"),
    PARENT_NOT_STORED(409, "A parent has not arrived yet"),
    INTENT_ALREADY_CLAIMED(409, "The order intent is claimed already"),
    INTENT_NOT_CLAIMED(409, "The order intent is not claimed"),
    ON_HOLD(409, "The run is on legal hold"),
    TOKEN_NAME_TAKEN(409, "A token of that name exists"),
    DELETED(410, "The artifact was deleted"),
    EVENT_NOT_KNOWN(410, "The event is not of this store"),
    EVENT_TOO_OLD(410, "Too much has happened since the event"),
    TOO_LARGE(413, "The request is too large"),
    UNSUPPORTED_MEDIA_TYPE(415, "The body has a format that is not read here"),
    NOT_VALID(422, "The request breaks a rule"),
    ID_MISMATCH(422, "The id does not belong to the key"),
    HASH_MISMATCH(422, "The hash does not belong to the content"),
    ORIGIN_TOO_GOOD(422, "The origin is better than the worst parent's"),
    FIELD_NOT_PATCHABLE(422, "The field cannot be changed"),
    TOO_MANY_REQUESTS(429, "Too many requests"),
    INTERNAL_ERROR(500, "The service failed"),
    BLOB_MISSING(500, "The bytes are gone"),
    BLOB_DAMAGED(500, "The bytes were altered"),
    TOO_BUSY(503, "Too many writes wait"),
    TOO_MANY_LISTENERS(503, "Too many listen already"),
    DATABASE_UNAVAILABLE(503, "The database does not answer"),
    BLOB_STORE_UNAVAILABLE(503, "The store of blobs does not answer");

    private final int status;
    private final String title;

    ProblemType(int status, String title) {
        this.status = status;
        this.title = title;
    }

    public int status() {
        return status;
    }

    public String title() {
        return title;
    }

    /** The last part of the type's URI and its heading in {@code docs/problems.md}, for example {@code key-conflict}. */
    public String slug() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public URI uri() {
        return URI.create("https://signalwright.dev/problems/" + slug());
    }
}
