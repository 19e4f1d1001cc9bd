package dev.signalwright.worker.tws.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signalwright.worker.tws.wire.WireException;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The transcripts were captured from clients and gateways by others, at server version 178 unless said otherwise. */
class MessageCodecTest {
    private static final int V = 178;
    private static final String UD = "1.7976931348623157E308";

    private final MessageCodec<ClientMessage> requests = MessageCodec.requests();
    private final MessageCodec<ServerMessage> answers = MessageCodec.answers();

    static Stream<String> capturedRequests() {
        return """
                71|2|1||
                49|1|
                8|1|1|
                9|8|3|0|AAPL|STK||0.0|||SMART||USD|||0||||
                20|4|265598|AAPL|STK||0.0|||SMART|NASDAQ|USD|AAPL|NMS|0||1 day|1 Y|1|TRADES|2|0||
                25|1|4|
                87|7|265598|AAPL|STK||0.0|||SMART|NASDAQ|USD|AAPL|NMS|0|1|TRADES|1|
                90|7|
                59|1|3|
                1|11|8|265598|AAPL|STK||0.0|||SMART|NASDAQ|USD|AAPL|NMS|0||1|0||
                4|1|9||
                5|1|
                16|1|
                99|0|
                7|3|14|0|||||||
                61|1|
                62|1|15|All|NetLiquidation,TotalCashValue|
                6|2|1|DU1234567|
                76|1|1|DU1234567||0|
                3|9|265598|AAPL|STK||0.0|||SMART|NASDAQ|USD|AAPL|NMS|||BUY|10|LMT|100.5||GTC||DU1234567|O|0|run7-aapl-0001|1|0|0|0|0|0|0|0||0.0|||||||0||-1|0|||0|||0|0||0||||||0|||||0|||||||||||0|||0|0|||0||0|0|0|0|||||||0|||||||||0|0|0|0|||0|||
                """.lines();
    }

    static Stream<String> capturedAnswers() {
        return Stream.of(
                "15|1|DU1234567|",
                "9|1|1|",
                "49|1|1763629200|",
                "4|2|-1|2104|Market data farm connection is OK:usfarm||",
                "10|9000|AAPL|STK||0||SMART|USD|AAPL|NMS|NMS|265598|0.01||ACTIVETIM,WHATIF|SMART,AMEX,NYSE|1|0|APPLE INC"
                        + "|NASDAQ||Technology|Computers|Computers|US/Eastern|20250324:0400-20250324:2000"
                        + "|20250324:0930-20250324:1600|||1|ISIN|US0378331005|1|||26,26,26||COMMON|0.0001|0.0001|100|",
                "52|1|9000|",
                "17|102|20251118 16:00:00 US/Eastern|20251119 16:00:00 US/Eastern|1|20251119 09:30:00 US/Eastern|150.10"
                        + "|151.00|149.90|150.50|1000|150.372|42|",
                "3|13|Filled|100|0|196.52|1376327563|0|196.52|100||0|",
                "11|-1|13|76792991|TSLA|STK||0.0|||ISLAND|USD|TSLA|NMS|00025b46.63f8f39c.01.01|20230224  12:04:56"
                        + "|DU1234567|ISLAND|BOT|100|196.52|1376327563|100|0|100|196.52|||||2|0|",
                "59|1|00025b46.63f8f39c.01.01|1.0|USD|" + UD + "|" + UD + "||",
                "61|3|DU1234567|265598|AAPL|STK||0.0|||NASDAQ|USD|AAPL|NMS|-110|201.8829709|",
                "62|1|",
                "63|1|9000|DU1234567|NetLiquidation|246447.83|USD|",
                "64|1|9000|",
                "102|",
                "6|2|NetLiquidation|246447.83|USD|DU1234567|",
                "7|8|265598|AAPL|STK||0.0|||NASDAQ|USD|AAPL|NMS|110|202.5|22275.0|201.88|67.88|0.0|DU1234567|",
                "8|1|09:31|",
                "54|1|DU1234567|");
    }

    @ParameterizedTest
    @MethodSource("capturedRequests")
    void readsCapturedRequestsToTheLastField(String line) {
        assertReadWhole(requests.decode(Transcript.bytes(line), V));
    }

    @ParameterizedTest
    @MethodSource("capturedAnswers")
    void readsCapturedAnswersToTheLastField(String line) {
        assertReadWhole(answers.decode(Transcript.bytes(line), V));
    }

    private static void assertReadWhole(MessageCodec.Decoded<?> decoded) {
        assertEquals(List.of(), decoded.surplus());
        assertTrue(!decoded.message().getClass().getSimpleName().startsWith("Unknown"), decoded.toString());
    }

    @ParameterizedTest
    @MethodSource("capturedRequests")
    void writesRequestsWithTheSameFields(String line) {
        byte[] written = requests.encode(requests.decode(Transcript.bytes(line), V).message(), V);
        assertEquals(normal(line), normal(Transcript.text(written)));
    }

    @ParameterizedTest
    @MethodSource("capturedAnswers")
    void writesAnswersThatReadTheSame(String line) {
        ServerMessage message = answers.decode(Transcript.bytes(line), V).message();
        byte[] written = answers.encode(message, V);
        assertEquals(message, answers.decode(written, V).message());
        assertEquals(tokens(line), tokens(Transcript.text(written)));
    }

    /** Zero may be written {@code 0} or {@code 0.0}. */
    private static String normal(String line) {
        return line.replace("|0.0|", "|0|");
    }

    private static int tokens(String line) {
        return (int) line.chars().filter(c -> c == '|').count();
    }

    @Test
    void placesAPlainOrderWith114Tokens() {
        assertEquals(114, tokens(Transcript.text(requests.encode(plainOrder(), V))));
        assertEquals(115, tokens(Transcript.text(requests.encode(plainOrder(), 176))));
    }

    private static ClientMessage plainOrder() {
        return new ClientMessage.PlaceOrder(
                9,
                Contract.stock(265598, "AAPL", "SMART", "AAPL", "NMS"),
                "NASDAQ",
                OrderTerms.limitDay("BUY", BigDecimal.TEN, new BigDecimal("100.5"), "DU1234567", "run7-aapl-0001"),
                true,
                0,
                false);
    }

    @Test
    void writesTheDeltaNeutralFieldsOfAnOpenOrderBecauseTheirTypeIsTheWordNone() {
        String written = Transcript.text(answers.encode(openOrder(), V));
        assertEquals(135, tokens(written));
        assertEquals(136, tokens(Transcript.text(answers.encode(openOrder(), 176))));
        assertTrue(written.contains("|None||0||||?|0|0||"), written);
        assertEquals(openOrder(), answers.decode(Transcript.bytes(written), V).message());
    }

    @Test
    void readsAnOpenOrderWithoutDeltaNeutralFieldsWhenTheirTypeIsEmpty() {
        String written = Transcript.text(answers.encode(openOrder(), V)).replace("|None||0||||?|0|0||", "|||");
        assertEquals(127, tokens(written));
        assertEquals(openOrder(), answers.decode(Transcript.bytes(written), V).message());
    }

    private static ServerMessage.OpenOrder openOrder() {
        return new ServerMessage.OpenOrder(
                5,
                Contract.stock(265598, "AAPL", "SMART", "AAPL", "NMS"),
                OrderTerms.limitDay("BUY", BigDecimal.TEN, new BigDecimal("100.5"), "SIM0000001", "sw1-abc"),
                100,
                3_000_000_000L,
                0,
                false,
                "PreSubmitted",
                Optional.empty(),
                "",
                "");
    }

    @Test
    void writesACompletedOrderWith100Tokens() {
        ServerMessage.CompletedOrder order = new ServerMessage.CompletedOrder(
                Contract.stock(265598, "AAPL", "SMART", "AAPL", "NMS"),
                OrderTerms.limitDay("BUY", BigDecimal.TEN, new BigDecimal("100.5"), "SIM0000001", "sw1-abc"),
                3_000_000_000L,
                "Filled",
                Optional.of(BigDecimal.TEN),
                "20120920 16:00:00 US/Eastern",
                "Filled Size: 10");
        byte[] written = answers.encode(order, V);
        assertEquals(100, tokens(Transcript.text(written)));
        assertEquals(order, answers.decode(written, V).message());
    }

    @Test
    void unescapesLettersOutsideAscii() {
        ServerMessage.ErrMsg error = new ServerMessage.ErrMsg(7, 201, "Börse zu");
        byte[] written = answers.encode(error, V);
        assertEquals("4|2|7|201|B\\u00f6rse zu||", Transcript.text(written));
        assertEquals(error, answers.decode(written, V).message());
    }

    @Test
    void keepsMessagesWithoutATable() {
        ServerMessage message = answers.decode(Transcript.bytes("250|7|news|"), V).message();
        assertEquals(new ServerMessage.UnknownAnswer(250, List.of("7", "news")), message);
    }

    @Test
    void reportsSurplusFieldsAndReadsTheRest() {
        MessageCodec.Decoded<ServerMessage> decoded = answers.decode(Transcript.bytes("9|1|42|extra|"), V);
        assertEquals(new ServerMessage.NextValidId(42), decoded.message());
        assertEquals(List.of("extra"), decoded.surplus());
    }

    @Test
    void namesTheFieldThatIsMissingOrWrong() {
        WireException missing =
                assertThrows(WireException.class, () -> answers.decode(Transcript.bytes("3|13|Filled|100|"), V));
        assertTrue(missing.getMessage().contains("field 4 (orderStatus.remaining)"), missing.getMessage());
        WireException wrong = assertThrows(WireException.class, () -> answers.decode(Transcript.bytes("9|1|x|"), V));
        assertTrue(wrong.getMessage().contains("Field 2 (nextValidId.orderId) holds 'x'"), wrong.getMessage());
    }

    @Test
    void refusesAListThatCannotFitTheFrame() {
        assertThrows(WireException.class, () -> answers.decode(Transcript.bytes("17|1|||2000000000|20120920|"), V));
    }

    @Test
    void refusesNumbersThatWouldFillTheMemory() {
        assertThrows(WireException.class, () -> answers.decode(Transcript.bytes("49|1|1e9|"), V));
        assertThrows(
                WireException.class, () -> requests.decode(Transcript.bytes("3|9|1|A|STK||1E999999999|||||||||||"), V));
    }

    @Test
    void refusesControlCharactersInWhatItSends() {
        ClientMessage order = new ClientMessage.ReqContractDetails(1, Contract.stock(0, "AA\0PL", "SMART", "", ""), "");
        assertThrows(WireException.class, () -> requests.encode(order, V));
    }

    @Test
    void failsOnGarbageOnlyWithItsOwnException() {
        SplittableRandom random = new SplittableRandom(7);
        List<String> seeds = capturedAnswers().toList();
        for (int round = 0; round < 20_000; round++) {
            byte[] payload = Transcript.bytes(seeds.get(random.nextInt(seeds.size())));
            for (int change = random.nextInt(1, 4); change > 0; change--) {
                payload[random.nextInt(payload.length)] = (byte) random.nextInt(256);
            }
            try {
                assertInstanceOf(ServerMessage.class, answers.decode(payload, V).message());
            } catch (WireException expected) {
                assertTrue(expected.getMessage().contains("ield"), expected.getMessage());
            }
        }
    }

    @Test
    void everyRecordFitsItsTable() {
        Stream.of(ClientMessage.class, ServerMessage.class)
                .flatMap(direction -> Arrays.stream(direction.getPermittedSubclasses()))
                .filter(type -> !type.getSimpleName().startsWith("Unknown"))
                .forEach(this::assertFits);
    }

    private void assertFits(Class<?> type) {
        Layout layout = ClientMessage.class.isAssignableFrom(type) ? requests.layoutOf(type) : answers.layoutOf(type);
        assertComponents(type, layout, layout.fields());
    }

    private static void assertComponents(Class<?> type, Layout layout, Map<String, Layout.Field> fields) {
        for (RecordComponent component : type.getRecordComponents()) {
            if (component.getType().isRecord()) {
                assertComponents(component.getType(), layout, fields);
            } else if (component.getType() == List.class) {
                Map<String, Layout.Field> elements = layout.fieldsOf(component.getName());
                assertComponents(RecordBinding.elementType(component), layout, elements);
            } else {
                assertTrue(
                        fields.containsKey(component.getName()),
                        layout.name() + " has no field " + component.getName());
            }
        }
    }
}
