package dev.signalwright.worker.tws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signalwright.worker.broker.BrokerException;
import dev.signalwright.worker.tws.message.ServerMessage.ErrMsg;
import org.junit.jupiter.api.Test;

class GatewayCodesTest {
    private final GatewayCodes codes = GatewayCodes.bundled();

    @Test
    void putsAdviceBeforeTheGatewaysWords() {
        BrokerException failure = codes.exception(
                "The bars could not be read", new ErrMsg(1, 162, "No market data permissions for NYSE"));
        assertEquals(BrokerException.Kind.NO_PERMISSION, failure.kind());
        assertEquals(162, failure.code());
        assertTrue(
                failure.getMessage().startsWith("The bars could not be read. The account has no"),
                failure.getMessage());
        assertTrue(failure.getMessage().endsWith("(code 162): No market data permissions for NYSE"));
    }

    @Test
    void takesUnlistedNoticesForInformationAndOtherUnlistedCodesForErrors() {
        assertEquals(
                GatewayCodes.Meaning.INFO, codes.of(new ErrMsg(-1, 2187, "new")).meaning());
        assertEquals(
                GatewayCodes.Meaning.ERROR, codes.of(new ErrMsg(7, 9999, "new")).meaning());
    }
}
