package dev.signalwright.artifacts.order;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.signalwright.artifacts.problem.ProblemException;
import dev.signalwright.artifacts.problem.ProblemException.FieldError;
import dev.signalwright.artifacts.problem.ProblemType;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An order intent as it is sent. Nothing is checked before {@link #check}. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record NewIntent(
        @Nullable String slot,
        @Nullable String orderRef,
        @Nullable String account,
        @Nullable String mode,
        @Nullable String strategy,
        @Nullable Long conid,
        @Nullable LocalDate sessionDate,
        @Nullable String symbol,
        @Nullable String action,
        @Nullable String quantity,
        @Nullable String limitPrice,
        @Nullable UUID signalId,
        @Nullable String signalSha256) {
    private static final Set<String> MODES = Set.of("simulated", "paper", "live");
    private static final Set<String> ACTIONS = Set.of("BUY", "SELL");
    private static final String DECIMAL = "\\d{1,12}(\\.\\d{1,10})?";
    private static final String SHA256 = "[0-9a-f]{64}";
    private static final int LONGEST = 300;

    /** @throws ProblemException with every rule it breaks */
    void check(String slotSha256) {
        List<FieldError> errors = new ArrayList<>();
        texts(errors);
        if (conid == null || conid < 1) {
            errors.add(new FieldError("conid", "must be a positive whole number"));
        }
        if (sessionDate == null) {
            errors.add(new FieldError("session_date", "must be an ISO date"));
        }
        if (signalId == null) {
            errors.add(new FieldError("signal_id", "must be the id of the signal"));
        }
        if (errors.isEmpty()) {
            slotRules(slotSha256, errors);
        }
        if (!errors.isEmpty()) {
            throw ProblemException.ofFields(ProblemType.NOT_VALID, errors);
        }
    }

    private void texts(List<FieldError> errors) {
        require(errors, "account", account, ".+", "must be text");
        require(errors, "strategy", strategy, ".+", "must be text");
        require(errors, "symbol", symbol, ".+", "must be text");
        require(errors, "slot", slot, ".+", "must be text");
        require(errors, "order_ref", orderRef, "sw1-[a-z2-7]{24}", "must be sw1- and 24 base32 letters");
        require(errors, "mode", mode, String.join("|", MODES), "must be simulated, paper or live");
        require(errors, "action", action, String.join("|", ACTIONS), "must be BUY or SELL");
        require(errors, "quantity", quantity, DECIMAL, "must be a decimal string");
        require(errors, "limit_price", limitPrice, DECIMAL, "must be a decimal string");
        require(errors, "signal_sha256", signalSha256, SHA256, "must be the signal's content_sha256");
    }

    private static void require(
            List<FieldError> errors, String field, @Nullable String text, String pattern, String rule) {
        if (text == null || text.length() > LONGEST || !text.matches(pattern)) {
            errors.add(new FieldError(field, rule));
        }
    }

    private void slotRules(String slotSha256, List<FieldError> errors) {
        Slot named = new Slot(String.valueOf(slot));
        String parts = String.join("|", account, mode, strategy, String.valueOf(conid), String.valueOf(sessionDate));
        if (!named.text().matches(java.util.regex.Pattern.quote(parts) + "\\|[1-9]\\d{0,3}")) {
            errors.add(new FieldError(
                    "slot", "must be account|mode|strategy|conid|session_date|slot number of this intent"));
        }
        if (!named.sha256().equals(slotSha256)) {
            errors.add(new FieldError("slot", "must have the SHA-256 that the address names"));
        }
        if (!named.orderRef().equals(orderRef)) {
            errors.add(new FieldError("order_ref", "must be the slot's reference " + named.orderRef()));
        }
    }
}
