package dev.signalwright.artifacts.retention;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.signalwright.artifacts.artifact.ArtifactType;
import java.time.Instant;
import java.time.Period;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetentionRuleTest {
    @Test
    void withoutASettingNothingEverGoes() {
        assertEquals(List.of(), RetentionRule.parse(""));
    }

    @Test
    void readsTypesAndAges() {
        assertEquals(
                List.of(
                        new RetentionRule(ArtifactType.CHART, Period.ofDays(90)),
                        new RetentionRule(ArtifactType.LLM, Period.ofYears(1))),
                RetentionRule.parse("chart=P90D, llm=P1Y"));
    }

    @Test
    void aYearIsACalendarYear() {
        RetentionRule rule = new RetentionRule(ArtifactType.LLM, Period.ofYears(1));
        assertEquals(Instant.parse("2024-03-01T12:00:00Z"), rule.before(Instant.parse("2025-03-01T12:00:00Z")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "chart",
                "chart=",
                "chart=90",
                "chart=P0D",
                "chart=P-1D",
                "pictures=P1D",
                "chart=PT1H",
                "chart=P1D,chart=P2D"
            })
    void refusesWhatItCannotReadForCertain(String setting) {
        assertThrows(IllegalArgumentException.class, () -> RetentionRule.parse(setting));
    }
}
