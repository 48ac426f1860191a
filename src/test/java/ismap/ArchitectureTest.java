package ismap;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.UUID;
import org.junit.jupiter.api.Tag;

/** The picture of the packages in {@code docs/architecture.md}, sentence by sentence. */
@Tag("core")
@AnalyzeClasses(packages = "ismap", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String[] CORE = {"ismap.decision..", "ismap.rulebook.."};
    private static final String[] DOMAIN = {
        "ismap.access..",
        "ismap.backup..",
        "ismap.ledger..",
        "ismap.revision..",
        "ismap.regression..",
        "ismap.saving..",
        "ismap.analysis..",
        "ismap.traceability.."
    };
    private static final String[] USE_CASES = {"ismap.evaluation..", "ismap.publication.."};
    private static final String[] DELIVERY = {"ismap.api..", "ismap.selfcheck..", "ismap.workbench..", "ismap.cli.."};
    private static final String[] HIDES_A_LIBRARY = {
        "ismap.postgres..",
        "ismap.drools..",
        "ismap.xlsx..",
        "ismap.json..",
        "ismap.pages..",
        "ismap.pdf..",
        "ismap.calendar.."
    };
    private static final String[] JDK = {"java..", "javax.crypto..", "org.jspecify.annotations.."};

    @ArchTest
    static final ArchRule nothingRefersToTheWiring = noClasses()
            .that()
            .resideOutsideOfPackage("ismap.app..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("ismap.app..");

    @ArchTest
    static final ArchRule decisionKnowsTheJdkAlone = onlyDependsOn("ismap.decision..", with(JDK, "ismap.decision.."));

    @ArchTest
    static final ArchRule theRulebookKnowsDecisionsAndTheJdkAlone = onlyDependsOn("ismap.rulebook..", with(JDK, CORE));

    @ArchTest
    static final ArchRule theDomainKnowsTheCoreAndItself = noClasses()
            .that()
            .resideInAnyPackage(DOMAIN)
            .should()
            .dependOnClassesThat(not(resideInAnyPackage(with(with(with(JDK, CORE), DOMAIN), "ismap.json.."))))
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule useCasesArePlainJavaOverTheDomain = noClasses()
            .that()
            .resideInAnyPackage(USE_CASES)
            .should()
            .dependOnClassesThat(not(
                    resideInAnyPackage(with(with(with(JDK, CORE), DOMAIN), with(USE_CASES, "ismap.json..")))));

    @ArchTest
    static final ArchRule whatHidesALibraryServesTheCoreAndTheDomain = noClasses()
            .that()
            .resideInAnyPackage(HIDES_A_LIBRARY)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(with(with(USE_CASES, DELIVERY), "ismap.app.."))
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule deliveryCallsUseCasesAndNotWhatHidesALibrary = noClasses()
            .that()
            .resideInAnyPackage(DELIVERY)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("ismap.postgres..", "ismap.drools..", "ismap.xlsx..", "ismap.app..");

    @ArchTest
    static final ArchRule oneDeliveryDoesNotReachIntoAnother = SlicesRuleDefinition.slices()
            .matching("ismap.(api|selfcheck|workbench|cli)..")
            .should()
            .notDependOnEachOther()
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule noPackagesGoRoundInCircles =
            SlicesRuleDefinition.slices().matching("ismap.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule onlyDroolsKnowsDrools = onlyIn("ismap.drools..", "org.drools..", "org.kie..", "org.mvel2..");

    @ArchTest
    static final ArchRule onlyXlsxKnowsPoi = onlyIn("ismap.xlsx..", "org.apache.poi..");

    @ArchTest
    static final ArchRule onlyJsonKnowsJackson = onlyIn("ismap.json..", "com.fasterxml.jackson..");

    @ArchTest
    static final ArchRule onlyPagesKnowsJte = onlyIn("ismap.pages..", "gg.jte..");

    @ArchTest
    static final ArchRule onlyPdfKnowsOpenHtml =
            onlyIn("ismap.pdf..", "com.openhtmltopdf..", "org.apache.pdfbox..", "org.apache.fontbox..");

    @ArchTest
    static final ArchRule onlyCalendarKnowsIcal4j = onlyIn("ismap.calendar..", "net.fortuna.ical4j..");

    @ArchTest
    static final ArchRule onlyPostgresKnowsTheDatabase = onlyIn(
            "ismap.postgres..",
            "java.sql..",
            "javax.sql..",
            "org.postgresql..",
            "org.flywaydb..",
            "com.zaxxer.hikari..",
            "io.zonky..",
            "io.micronaut.data..");

    @ArchTest
    static final ArchRule onlyTheCommandLineKnowsPicocli = onlyIn("ismap.cli..", "picocli..");

    @ArchTest
    static final ArchRule coreAndDomainAndUseCasesCarryNoFrameworkAnnotation = noClasses()
            .that()
            .resideInAnyPackage(with(with(CORE, DOMAIN), USE_CASES))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.micronaut..", "jakarta..", "org.slf4j..");

    @ArchTest
    static final ArchRule onlyTheWiringReadsAClock = noClasses()
            .that()
            .resideOutsideOfPackages("ismap.app..", "ismap.postgres..")
            .should()
            .callMethod(LocalDate.class, "now")
            .orShould()
            .callMethod(LocalDate.class, "now", java.time.ZoneId.class)
            .orShould()
            .callMethod(LocalDateTime.class, "now")
            .orShould()
            .callMethod(ZonedDateTime.class, "now")
            .orShould()
            .callMethod(OffsetDateTime.class, "now")
            .orShould()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(Clock.class, "systemUTC")
            .orShould()
            .callMethod(Clock.class, "systemDefaultZone")
            .orShould()
            .callMethod(Clock.class, "system", java.time.ZoneId.class)
            .orShould()
            .callMethod(System.class, "currentTimeMillis");

    @ArchTest
    static final ArchRule coreDomainAndUseCasesLeaveNothingToChance = noClasses()
            .that()
            .resideInAnyPackage(with(with(CORE, DOMAIN), USE_CASES))
            .should()
            .callMethod(UUID.class, "randomUUID")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(java.util.Random.class)
            .orShould()
            .callMethod(Math.class, "random");

    private static ArchRule onlyDependsOn(String packages, String... allowed) {
        return noClasses()
                .that()
                .resideInAPackage(packages)
                .should()
                .dependOnClassesThat(not(resideInAnyPackage(allowed)));
    }

    private static ArchRule onlyIn(String home, String... library) {
        return noClasses()
                .that(not(resideInAPackage(home)))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(library);
    }

    private static String[] with(String[] packages, String... more) {
        String[] all = java.util.Arrays.copyOf(packages, packages.length + more.length);
        System.arraycopy(more, 0, all, packages.length, more.length);
        return all;
    }
}
