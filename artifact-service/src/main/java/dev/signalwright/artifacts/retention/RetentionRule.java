package dev.signalwright.artifacts.retention;

import dev.signalwright.artifacts.artifact.ArtifactType;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Content of this type goes when it is older than this age.
 *
 * @param age days, weeks, months or years; at least a day
 */
public record RetentionRule(ArtifactType type, Period age) {

    /** The rules of a setting; a mistake in it stops the start, because a rule that is misread deletes the wrong things. */
    static List<RetentionRule> parse(String setting) {
        Set<ArtifactType> seen = EnumSet.noneOf(ArtifactType.class);
        return Arrays.stream(setting.split(","))
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .map(RetentionRule::one)
                .peek(rule -> {
                    if (!seen.add(rule.type())) {
                        throw wrong(setting, "names " + rule.type().wire() + " twice");
                    }
                })
                .toList();
    }

    private static RetentionRule one(String text) {
        int equals = text.indexOf('=');
        ArtifactType type = ArtifactType.ofWire(text.substring(0, Math.max(equals, 0)))
                .orElseThrow(() -> wrong(text, "names no type of artifact"));
        try {
            Period age = Period.parse(text.substring(equals + 1));
            if (age.isNegative() || age.isZero()) {
                throw wrong(text, "must be at least a day");
            }
            return new RetentionRule(type, age);
        } catch (DateTimeException e) {
            throw wrong(text, "has no age like P90D, P6M or P1Y");
        }
    }

    private static IllegalArgumentException wrong(String text, String what) {
        return new IllegalArgumentException(
                "ARTIFACT_RETENTION: " + text + " " + what + ". It must look like chart=P90D,llm=P1Y.");
    }

    /** Content made before this goes. */
    Instant before(Instant now) {
        return now.atZone(ZoneOffset.UTC).minus(age).toInstant();
    }
}
