package dev.signalwright.artifacts;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.inject.Inject;
import jakarta.persistence.Entity;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
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
}
