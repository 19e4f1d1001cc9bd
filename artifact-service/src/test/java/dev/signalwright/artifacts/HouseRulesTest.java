package dev.signalwright.artifacts;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.jsontype.PolymorphicTypeValidator;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.vertx.core.http.HttpClient;
import jakarta.inject.Inject;
import jakarta.persistence.Entity;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import java.beans.XMLDecoder;
import java.io.ObjectInputStream;
import java.net.Socket;
import java.net.URL;
import java.net.URLConnection;
import java.nio.channels.SocketChannel;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

/** The rules that hold the rooms apart. */
class HouseRulesTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.signalwright.artifacts");

    @Test
    void roomsAreFreeOfCycles() {
        slices().matching("dev.signalwright.artifacts.(*)..")
                .should()
                .beFreeOfCycles()
                .because("a room that needs its user cannot be read alone")
                .check(CLASSES);
    }

    @Test
    void theRoomsOfThePagesAreFreeOfCyclesAndPagesDoNotSeeEachOther() {
        String pages = "dev.signalwright.artifacts.pages.";
        slices().matching(pages + "(*)..").should().beFreeOfCycles().check(CLASSES);
        for (String room : new String[] {"artifact", "execution", "house"}) {
            noClasses()
                    .that()
                    .resideOutsideOfPackage(pages + room)
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage(pages + room)
                    .because("what two pages share belongs to a room below both")
                    .check(CLASSES);
        }
    }

    @Test
    void thereAreNoJunkDrawers() {
        noClasses()
                .should()
                .resideInAnyPackage(
                        "..util..",
                        "..common..",
                        "..helper..",
                        "..misc..",
                        "..dto..",
                        "..model..",
                        "..impl..",
                        "..service..")
                .because("shared things go to the room that owns the idea")
                .check(CLASSES);
    }

    @Test
    void nothingIsInjectedIntoFields() {
        fields().should()
                .notBeAnnotatedWith(Inject.class)
                .because("constructors show what a class needs")
                .check(CLASSES);
    }

    @Test
    void onlyTheClockProducerReadsTheClock() {
        noClasses()
                .that()
                .doNotHaveSimpleName("ClockProducer")
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(LocalDate.class, "now")
                .orShould()
                .callMethod(Clock.class, "systemUTC")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .because("tests must be able to say what time it is")
                .check(CLASSES);
    }

    @Test
    void endpointsArePublic() {
        methods()
                .that()
                .areAnnotatedWith(GET.class)
                .or()
                .areAnnotatedWith(PUT.class)
                .or()
                .areAnnotatedWith(POST.class)
                .or()
                .areAnnotatedWith(PATCH.class)
                .or()
                .areAnnotatedWith(DELETE.class)
                .should()
                .bePublic()
                .because("others are ignored with a mere warning")
                .check(CLASSES);
    }

    @Test
    void entitiesAndRepositoriesStayInTheirRoom() {
        classes()
                .that()
                .areAnnotatedWith(Entity.class)
                .or()
                .haveSimpleNameEndingWith("Repository")
                .should()
                .notBePublic()
                .because("rooms hand out records")
                .check(CLASSES);
    }

    @Test
    void theEmbeddedDatabaseKnowsNoOtherRoom() {
        noClasses()
                .that(resideInAPackage("..artifacts.postgres.."))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("..artifacts.artifact..", "..artifacts.execution..", "..artifacts.order..")
                .because("it starts before everything else")
                .check(CLASSES);
    }

    @Test
    void onlyTheDatabaseAndTheBucketAreCalled() {
        noClasses()
                .that()
                .resideOutsideOfPackages("..artifacts.blob..", "..artifacts.postgres..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.net.http..",
                        "jakarta.ws.rs.client..",
                        "io.vertx.core.http.impl..",
                        "io.vertx.ext.web.client..",
                        "software.amazon..")
                .orShould()
                .dependOnClassesThat()
                .belongToAnyOf(URL.class, URLConnection.class, Socket.class, SocketChannel.class, HttpClient.class)
                .because("a service that calls what its users name can be sent anywhere")
                .check(CLASSES);
    }

    @Test
    void nobodyReadsObjectsThatNameTheirOwnType() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(ObjectInputStream.class, XMLDecoder.class, PolymorphicTypeValidator.class)
                .orShould()
                .beAnnotatedWith(JsonTypeInfo.class)
                .orShould()
                .dependOnClassesThat()
                .resideInAnyPackage("org.yaml..")
                .because("the sender would choose which code runs")
                .check(CLASSES);
    }

    @Test
    void onlyTheEmbeddedDatabaseStartsPrograms() {
        noClasses()
                .that()
                .resideOutsideOfPackage("..artifacts.postgres..")
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(ProcessBuilder.class, Runtime.class)
                .because("what a client sends must never come near a command")
                .check(CLASSES);
    }
}
