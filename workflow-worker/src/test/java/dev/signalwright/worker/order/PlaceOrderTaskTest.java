package dev.signalwright.worker.order;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalwright.worker.artifacts.ArtifactType;
import dev.signalwright.worker.artifacts.Origin;
import dev.signalwright.worker.broker.AccountSnapshot;
import dev.signalwright.worker.broker.GatewayIdentity;
import dev.signalwright.worker.broker.OrderTicket;
import dev.signalwright.worker.settings.Settings.TradingMode;
import dev.signalwright.worker.task.Outcome;
import dev.signalwright.worker.task.TaskReport;
import dev.signalwright.worker.testing.RecordingDesk;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class PlaceOrderTaskTest {
    private final World world = new World();
    private final List<Duration> slept = new ArrayList<>();

    @Nested
    class Sends {
        @Test
        void oneLimitOrderByTheRiskRule() {
            RecordingDesk desk = SignalFixtures.desk(Origin.REPLAYED, SignalFixtures.buy());

            TaskReport report = run(desk, TradingMode.SIMULATED);

            OrderTicket ticket = world.sent.getFirst();
            JsonNode data = order(desk);
            assertEquals(Outcome.DONE, report.outcome());
            assertEquals(1, world.sent.size());
            // 1 % of 100,000 over 5 a share would be 200 shares; 10 % of 100,000 at 100 are 100.
            assertEquals(new BigDecimal("100"), ticket.quantity());
            assertEquals(new BigDecimal("100.00"), ticket.limitPrice());
            assertEquals("working", data.path("state").asText());
            assertTrue(data.path("sent").asBoolean());
            assertEquals("100.00", data.path("limit_price").textValue());
            assertEquals(ticket.orderRef(), data.path("order_ref").asText());
            assertEquals(List.of("placed"), List.copyOf(world.states.values()));
        }

        @Test
        void aWideStopMakesItSmaller() {
            run(SignalFixtures.desk(Origin.REPLAYED, SignalFixtures.signal("BUY", 100, 75)), TradingMode.SIMULATED);

            assertEquals(new BigDecimal("40"), world.sent.getFirst().quantity());
        }

        @Test
        void theLimitLiesOnTheTickGrid() {
            run(SignalFixtures.desk(Origin.REPLAYED, SignalFixtures.signal("BUY", 100.03, 95)), TradingMode.SIMULATED);

            assertEquals(new BigDecimal("100.05"), world.sent.getFirst().limitPrice());
        }

        @Test
        void whatIsHeldAlreadyCountsAgainstTheLimit() {
            world.account = World.account("100000", "100000", position("60"));

            run(SignalFixtures.desk(Origin.REPLAYED, SignalFixtures.buy()), TradingMode.SIMULATED);

            assertEquals(new BigDecimal("40"), world.sent.getFirst().quantity());
        }

        @Test
        void aSellClosesTheLongPosition() {
            world.account = World.account("100000", "1000", position("37"));

            run(SignalFixtures.desk(Origin.REPLAYED, SignalFixtures.signal("SELL", 100, 105)), TradingMode.SIMULATED);

            assertEquals(OrderTicket.Side.SELL, world.sent.getFirst().side());
            assertEquals(new BigDecimal("37"), world.sent.getFirst().quantity());
        }

        @Test
        void afterTheGatewayCameBackWithinTheTask() {
            world.refusedConnects = 2;

            run(SignalFixtures.desk(Origin.REPLAYED, SignalFixtures.buy()), TradingMode.SIMULATED);

            assertEquals(1, world.sent.size());
            assertEquals(2, slept.size());
        }
    }

    @Nested
    class SendsNothing {
        @Test
        void whenTradingIsOffAndConnectsToNothing() {
            RecordingDesk desk = SignalFixtures.desk(Origin.LIVE, SignalFixtures.buy());

            TaskReport report = run(desk, TradingMode.OFF);

            assertEquals(Outcome.DONE, report.outcome());
            assertDenied(desk, "No order: TRADING_MODE is off.");
            assertEquals(0, world.connects);
        }

        @Test
        void withoutASignal() {
            RecordingDesk desk =
                    new RecordingDesk().withPreflight(world.now, java.time.LocalDate.of(2012, 9, 20), Origin.REPLAYED);

            assertEquals(Outcome.DONE, run(desk, TradingMode.SIMULATED).outcome());

            assertDenied(desk, "No order: there is no signal.");
        }

        @Test
        void forASignalThatDecidedNothing() {
            ObjectNode signal = dev.signalwright.worker.platform.Json.object();
            signal.putObject("signal_data")
                    .put("outcome", "ABSTAINED")
                    .putArray("reasons")
                    .add("the bars are old");

            assertDenied(signal, "No order: nothing was decided: the bars are old.");
        }

        @Test
        void forHold() {
            assertDenied(SignalFixtures.signal("HOLD", 100, 95), "No order: the signal is HOLD.");
        }

        @Test
        void forASignalThatIsNotActionable() {
            ObjectNode signal = SignalFixtures.buy();
            ((ObjectNode) signal.path("signal_data"))
                    .put("is_actionable", false)
                    .putArray("reasons")
                    .add("no stop");

            assertDenied(signal, "No order: the signal is not to be traded: no stop.");
        }

        @Test
        void forReplayedDataAtAPaperAccount() {
            world.identity = paper();
            RecordingDesk desk = SignalFixtures.desk(Origin.REPLAYED, SignalFixtures.buy());

            run(desk, TradingMode.PAPER);

            assertDenied(
                    desk, "No order: TRADING_MODE=paper takes only live data, and this signal rests on replayed data.");
            assertEquals(0, world.connects);
        }

        @Test
        void atAnAccountOfAnotherKind() {
            RecordingDesk desk = SignalFixtures.desk(Origin.LIVE, SignalFixtures.buy());

            assertEquals(Outcome.REFUSED, run(desk, TradingMode.PAPER).outcome());

            assertDenied(desk, "No order: TRADING_MODE is paper, but the gateway's account is simulated.");
        }

        @Test
        void atALiveAccountThatWasNotNamed() {
            world.identity = live();
            RecordingDesk desk = SignalFixtures.desk(Origin.LIVE, SignalFixtures.buy());

            new PlaceOrderTask(world, world, slept::add)
                    .run(SignalFixtures.run(desk, TradingMode.LIVE, Optional.of("U999"), 1));

            assertDenied(desk, "No order: LIVE_TRADING_ACCOUNT is not an account that the gateway reports.");
        }

        @Test
        void whenSeveralAccountsAreNamed() {
            world.identity = World.simulated("SIM0001", "SIM0002");

            assertDenied(SignalFixtures.buy(), "No order: the gateway names 2 accounts instead of one.");
        }

        @Test
        void whenTheSessionIsOver() {
            world.now = java.time.Instant.parse("2012-09-20T21:00:00Z");

            assertDenied(
                    SignalFixtures.buy(),
                    "No order: the signal is for the session of 2012-09-20, and at the gateway it is the session of"
                            + " 2012-09-21.");
        }

        @Test
        void whenTheTickerNowMeansAnotherContract() {
            world.conid = 1;

            assertDenied(
                    SignalFixtures.buy(),
                    "No order: the bars are those of contract 265598, but IBM is now contract 1.");
        }

        @Test
        void whenThereIsNothingToSell() {
            assertDenied(
                    SignalFixtures.signal("SELL", 100, 105),
                    "No order: SELL only closes a long position, and none is held.");
        }

        @Test
        void whenTheIntentCannotBeStored() {
            world.storesIntents = false;
            RecordingDesk desk = SignalFixtures.desk(Origin.REPLAYED, SignalFixtures.buy());

            assertEquals(Outcome.DONE, run(desk, TradingMode.SIMULATED).outcome(), "an outage does not end the run");

            assertDenied(desk, "No order: the intent could not be stored.");
        }

        @Test
        void whenTheLookUpDidNotFinish() {
            world.lookupComplete = false;

            assertDenied(
                    SignalFixtures.buy(),
                    "No order: the gateway did not finish the list of its orders, so an earlier one cannot be ruled"
                            + " out.");
            assertEquals(List.of("intended"), List.copyOf(world.states.values()));
        }

        @Test
        void whenThePermissionWasNotClearlyGiven() {
            world.answersClaims = false;

            assertDenied(SignalFixtures.buy(), "No order: the permission to send it was not clearly given.");
        }

        @Test
        void whenTheGatewayStaysAway() {
            world.refusedConnects = 100;
            RecordingDesk desk = SignalFixtures.desk(Origin.REPLAYED, SignalFixtures.buy());

            assertEquals(Outcome.TRY_AGAIN, run(desk, TradingMode.SIMULATED).outcome());

            assertEquals(4, world.connects);
            assertDenied(desk, "No order: Nobody listens at 127.0.0.1:9. Start it.");
        }

        private void assertDenied(ObjectNode signal, String sentence) {
            RecordingDesk desk = SignalFixtures.desk(Origin.REPLAYED, signal);
            run(desk, TradingMode.SIMULATED);
            assertDenied(desk, sentence);
        }

        private void assertDenied(RecordingDesk desk, String sentence) {
            assertEquals(sentence, order(desk).path("reason").asText());
            assertEquals("none", order(desk).path("state").asText());
            assertEquals(List.of(), world.sent);
        }
    }

    @Nested
    class AtMostOnce {
        @Test
        void aSecondRunFindsTheFirstOrder() {
            run(SignalFixtures.desk(Origin.REPLAYED, SignalFixtures.buy()), TradingMode.SIMULATED);
            RecordingDesk again = SignalFixtures.desk(Origin.REPLAYED, SignalFixtures.buy());

            run(again, TradingMode.SIMULATED);

            assertEquals(1, world.sent.size());
            assertFalse(order(again).path("sent").asBoolean());
            assertEquals("working", order(again).path("state").asText());
        }

        @Test
        void aSecondAnswerFindsTheFirstOrderAndSaysThatItBelongsToAnotherSignal() {
            run(SignalFixtures.desk(Origin.REPLAYED, SignalFixtures.buy()), TradingMode.SIMULATED);
            RecordingDesk again = SignalFixtures.desk(Origin.REPLAYED, SignalFixtures.signal("BUY", 101, 96));

            run(again, TradingMode.SIMULATED);

            assertEquals(1, world.sent.size());
            String reason = order(again).path("reason").asText();
            assertTrue(reason.contains("belongs to an earlier, different signal"), reason);
        }

        @Test
        void anOrderWithoutAnAnswerIsLookedForAndFound() {
            world.acknowledges = false;
            RecordingDesk desk = SignalFixtures.desk(Origin.REPLAYED, SignalFixtures.buy());

            run(desk, TradingMode.SIMULATED);

            assertEquals("working", order(desk).path("state").asText());
        }

        @Test
        void anOrderThatCannotBeFoundStaysUnknownAndBlocksItsSlot() {
            world.acknowledges = false;
            world.findsOrders = false;
            RecordingDesk first = SignalFixtures.desk(Origin.REPLAYED, SignalFixtures.buy());
            RecordingDesk second = SignalFixtures.desk(Origin.REPLAYED, SignalFixtures.buy());

            assertEquals(Outcome.REFUSED, run(first, TradingMode.SIMULATED).outcome());
            run(second, TradingMode.SIMULATED);

            assertEquals(1, world.sent.size());
            assertEquals("unknown", order(second).path("state").asText());
            assertTrue(order(second).path("reason").asText().contains("a person must look"));
            assertTrue(slept.stream().reduce(Duration.ZERO, Duration::plus).compareTo(Duration.ofMinutes(1)) <= 0);
        }

        @Test
        void aDeathAtAnyStepNeverLeadsToTwoOrders() {
            int deaths = 0;
            for (int step = 0; ; step++) {
                World fresh = new World();
                fresh.dieAt(step);
                if (!diesIn(fresh, 1)) {
                    break;
                }
                deaths++;
                int sentByTheDead = fresh.sent.size();
                fresh.live();
                RecordingDesk desk = SignalFixtures.desk(Origin.REPLAYED, SignalFixtures.buy());
                place(fresh, desk, 2);

                JsonNode data = order(desk);
                assertTrue(fresh.sent.size() <= 1, "two orders after a death at step " + step);
                if (sentByTheDead == 1) {
                    assertEquals("working", data.path("state").asText(), "step " + step);
                    assertFalse(data.path("sent").asBoolean());
                }
                assertFalse(data.path("state").asText().isEmpty());
            }
            assertTrue(deaths >= 12, "only " + deaths + " steps were tried");
        }

        @Test
        void twoProcessesAtOnceSendOneOrder() throws Exception {
            for (int round = 0; round < 50; round++) {
                World shared = new World();
                CyclicBarrier start = new CyclicBarrier(2);
                Callable<RecordingDesk> process = () -> {
                    RecordingDesk desk = SignalFixtures.desk(Origin.REPLAYED, SignalFixtures.buy());
                    start.await();
                    place(shared, desk, 1);
                    return desk;
                };
                try (var pool = Executors.newFixedThreadPool(2)) {
                    List<Future<RecordingDesk>> both = pool.invokeAll(List.of(process, process));
                    assertEquals(1, shared.sent.size());
                    long senders = 0;
                    for (Future<RecordingDesk> one : both) {
                        senders += order(one.get()).path("sent").asBoolean() ? 1 : 0;
                    }
                    assertEquals(1, senders);
                }
            }
        }

        private boolean diesIn(World fresh, int tryNumber) {
            try {
                place(fresh, SignalFixtures.desk(Origin.REPLAYED, SignalFixtures.buy()), tryNumber);
                return false;
            } catch (World.Death death) {
                return true;
            }
        }
    }

    private TaskReport run(RecordingDesk desk, TradingMode mode) {
        return new PlaceOrderTask(world, world, slept::add).run(SignalFixtures.run(desk, mode, Optional.empty(), 1));
    }

    private static void place(World world, RecordingDesk desk, int tryNumber) {
        new PlaceOrderTask(world, world, time -> {})
                .run(SignalFixtures.run(desk, TradingMode.SIMULATED, Optional.empty(), tryNumber));
    }

    private static JsonNode order(RecordingDesk desk) {
        assertEquals(1, desk.published(ArtifactType.ORDER).size());
        return desk.published(ArtifactType.ORDER).getFirst().json().path("data");
    }

    private static AccountSnapshot.Position position(String quantity) {
        return new AccountSnapshot.Position("IBM", 265598, "USD", new BigDecimal(quantity), new BigDecimal("90"));
    }

    private static GatewayIdentity paper() {
        return new GatewayIdentity(
                List.of("DU1"), GatewayIdentity.AccountKind.PAPER, Origin.LIVE, Optional.empty(), 178);
    }

    private static GatewayIdentity live() {
        return new GatewayIdentity(List.of("U1"), GatewayIdentity.AccountKind.LIVE, Origin.LIVE, Optional.empty(), 178);
    }
}
