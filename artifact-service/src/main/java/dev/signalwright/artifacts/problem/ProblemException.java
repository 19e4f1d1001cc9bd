package dev.signalwright.artifacts.problem;

import java.util.List;
import java.util.Map;

/** A request that is refused for a stated reason. Knows nothing of HTTP but the type's status. */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ProblemType type;
    private final transient Map<String, Object> facts;

    /**
     * @param type what kind of refusal
     * @param detail a plain sentence: what, where and what to do
     * @param facts extension members of the problem; values that Jackson can write
     */
    public ProblemException(ProblemType type, String detail, Map<String, Object> facts) {
        super(detail);
        this.type = type;
        this.facts = Map.copyOf(facts);
    }

    public ProblemException(ProblemType type, String detail) {
        this(type, detail, Map.of());
    }

    /** A refusal of one field: the problem lists the field and the rule it broke. */
    public static ProblemException ofField(ProblemType type, String field, String rule) {
        return ofFields(type, List.of(new FieldError(field, rule)));
    }

    /** A refusal of several fields at once. */
    public static ProblemException ofFields(ProblemType type, List<FieldError> errors) {
        FieldError first = errors.getFirst();
        String more = errors.size() == 1 ? "" : " (and " + (errors.size() - 1) + " more)";
        return new ProblemException(
                type, "`" + first.field() + "` " + first.rule() + more, Map.of("errors", List.copyOf(errors)));
    }

    public ProblemType type() {
        return type;
    }

    public Map<String, Object> facts() {
        return facts;
    }

    /**
     * @param field the member, with dots for nested ones, for example {@code signal_data.outcome}
     * @param rule the rule it broke, a sentence that goes on after the field's name
     */
    public record FieldError(String field, String rule) {}
}
