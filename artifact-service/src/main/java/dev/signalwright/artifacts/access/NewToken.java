package dev.signalwright.artifacts.access;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.signalwright.artifacts.problem.ProblemException;
import dev.signalwright.artifacts.problem.ProblemException.FieldError;
import dev.signalwright.artifacts.problem.ProblemType;
import java.io.IOException;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** A checked wish for a token: {@code {"name", "role", "expires_in"?}}, the last an ISO 8601 duration such as P90D. */
record NewToken(String name, String role, Optional<Duration> lasts) {
    private static final int LARGEST = 4_096;
    private static final Duration LONGEST = Duration.ofDays(3_660);
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");
    private static final Set<String> MEMBERS = Set.of("name", "role", "expires_in");
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .build();

    static NewToken read(byte[] body) {
        JsonNode json = object(body);
        List<FieldError> errors = new ArrayList<>();
        json.fieldNames().forEachRemaining(member -> {
            if (!MEMBERS.contains(member)) {
                errors.add(new FieldError(shortened(member), "is not known here"));
            }
        });
        String name = json.path("name").asText("");
        if (!NAME.matcher(name).matches()) {
            errors.add(new FieldError("name", "must be 1 to 64 of a-z, 0-9, dot, dash, underscore"));
        } else if (Roles.LOWEST_FIRST.contains(name)) {
            errors.add(new FieldError("name", "belongs to the token in the file of that name"));
        }
        String role = json.path("role").asText("");
        if (!Roles.LOWEST_FIRST.contains(role)) {
            errors.add(new FieldError("role", "must be viewer, worker or operator"));
        }
        Optional<Duration> lasts = lasts(json.path("expires_in"), errors);
        if (!errors.isEmpty()) {
            throw ProblemException.ofFields(ProblemType.NOT_VALID, errors);
        }
        return new NewToken(name, role, lasts);
    }

    private static JsonNode object(byte[] body) {
        try {
            JsonNode json = body.length > LARGEST ? JSON.missingNode() : JSON.readTree(body);
            if (json != null && json.isObject()) {
                return json;
            }
        } catch (IOException garbled) {
            // Said below, in one sentence for every way of being no JSON object.
        }
        throw new ProblemException(
                ProblemType.MALFORMED_REQUEST, "Send a small JSON object with name and role.", Map.of());
    }

    private static Optional<Duration> lasts(JsonNode sent, List<FieldError> errors) {
        if (sent.isMissingNode() || sent.isNull()) {
            return Optional.empty();
        }
        try {
            Duration lasts = Duration.parse(sent.asText());
            if (lasts.isPositive() && lasts.compareTo(LONGEST) <= 0) {
                return Optional.of(lasts);
            }
        } catch (DateTimeParseException noDuration) {
            // Said below.
        }
        errors.add(new FieldError(
                "expires_in", "must be an ISO 8601 duration of days or less, such as P90D, at most P3660D"));
        return Optional.empty();
    }

    private static String shortened(String member) {
        return member.length() > 64 ? member.substring(0, 64) : member;
    }
}
