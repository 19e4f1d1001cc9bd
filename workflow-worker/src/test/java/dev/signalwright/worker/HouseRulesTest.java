package dev.signalwright.worker;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

/** The walls between the rooms. */
class HouseRulesTest {
    private static final String ROOT = "dev.signalwright.worker";
    private static final JavaClasses WORKER = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    @Test
    void roomsAreFreeOfCycles() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(WORKER);
    }

    @Test
    void thereAreNoJunkDrawers() {
        noClasses()
                .should()
                .resideInAnyPackage(
                        "..util..",
                        "..common..",
                        "..dto..",
                        "..impl..",
                        "..helper..",
                        "..misc..",
                        "..service..",
                        "..model..")
                .because("a shared thing belongs to the room that owns the idea")
                .check(WORKER);
    }

    @Test
    void onlyTheWiringReadsTheSystemClock() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + ".wiring..", ROOT + ".log..", ROOT + ".simulator..")
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(LocalDate.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(Clock.class, "systemUTC")
                .orShould()
                .callMethod(Clock.class, "systemDefaultZone")
                .because("time is passed in, so that tests need not wait")
                .check(WORKER);
    }

    @Test
    void onlyTheFrontDoorTouchesTheStandardStreams() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + ".cli..", ROOT + ".log..", ROOT + ".simulator..")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .accessField(System.class, "in")
                .because("stdout carries the log's JSON lines and nothing else")
                .check(WORKER);
    }

    @Test
    void restInterfacesStayInTheirRoom() {
        classes()
                .that()
                .haveSimpleNameEndingWith("Api")
                .and()
                .areInterfaces()
                .should()
                .bePackagePrivate()
                .because("only the client beside it knows when to retry")
                .check(WORKER);
    }

    @Test
    void wireMessagesAndSpoolKnowOnlyTheJdk() {
        for (String room : new String[] {"tws.wire", "tws.message", "spool"}) {
            classes()
                    .that()
                    .resideInAPackage(ROOT + "." + room)
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage("java..", "org.jspecify..", ROOT + ".tws.wire", ROOT + "." + room)
                    .allowEmptyShould(true)
                    .check(WORKER);
        }
    }

    @Test
    void stagesDoNotSeeEachOther() {
        String[] stages = {"preflight", "marketdata", "chart", "analysis", "order", "account", "tracking", "delivery"};
        for (String stage : stages) {
            for (String other : stages) {
                if (!stage.equals(other)) {
                    noClasses()
                            .that()
                            .resideInAPackage(ROOT + "." + stage + "..")
                            .should()
                            .dependOnClassesThat()
                            .resideInAPackage(ROOT + "." + other + "..")
                            .allowEmptyShould(true)
                            .because("tasks meet only through artifacts")
                            .check(WORKER);
                }
            }
        }
    }

    @Test
    void nobodyDependsOnTheSimulatorOrTheWiring() {
        for (String annex : new String[] {"simulator", "wiring"}) {
            noClasses()
                    .that()
                    .resideOutsideOfPackage(ROOT + "." + annex + "..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage(ROOT + "." + annex + "..")
                    .check(WORKER);
        }
    }

    @Test
    void theRoomsOfTheSimulatorAreFreeOfCyclesAndDoNotSeeItsDoor() {
        slices().matching(ROOT + ".simulator.(*)..").should().beFreeOfCycles().check(WORKER);
        noClasses()
                .that()
                .resideInAPackage(ROOT + ".simulator.*..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT + ".simulator")
                .because("the door opens to the rooms, they do not open it")
                .check(WORKER);
    }

    @Test
    void onlyTheOrderRoomSendsOrders() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + ".order..", ROOT + ".broker..")
                .should()
                .callConstructorWhere(new com.tngtech.archunit.base.DescribedPredicate<>("an order ticket") {
                    @Override
                    public boolean test(com.tngtech.archunit.core.domain.JavaConstructorCall call) {
                        String owner = call.getTargetOwner().getName();
                        return owner.equals(ROOT + ".broker.OrderTicket")
                                || owner.equals(ROOT + ".broker.BracketTicket");
                    }
                })
                .orShould()
                .callMethod(
                        dev.signalwright.worker.broker.BrokerSession.class,
                        "place",
                        dev.signalwright.worker.broker.OrderTicket.class)
                .orShould()
                .callMethod(
                        dev.signalwright.worker.broker.BrokerSession.class,
                        "placeBracket",
                        dev.signalwright.worker.broker.BracketTicket.class)
                .because("money has its own lock")
                .check(WORKER);
    }

    @Test
    void noTaskCancelsWhatAPersonMayHaveOrdered() {
        noClasses()
                .should()
                .callMethod(dev.signalwright.worker.broker.BrokerSession.class, "cancelEverything")
                .because("it takes every order of the user with it, also those entered by hand")
                .check(WORKER);
    }
}
