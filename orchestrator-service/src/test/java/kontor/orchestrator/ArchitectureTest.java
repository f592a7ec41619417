package kontor.orchestrator;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Random;

@AnalyzeClasses(
        packages = "kontor.orchestrator",
        importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {

    private static final String SEQUENCER = "kontor.orchestrator.sequencer..";
    private static final String OWNERSHIP = "kontor.orchestrator.ownership..";
    private static final String RELOAD = "kontor.orchestrator.reload..";
    private static final String KAFKA = "kontor.orchestrator.kafka..";

    @ArchTest
    static final ArchRule decidingAndFoldingNeedNothingButWords =
            classes()
                    .that()
                    .resideInAnyPackage(SEQUENCER, OWNERSHIP, RELOAD)
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage(
                            SEQUENCER,
                            OWNERSHIP,
                            RELOAD,
                            "kontor.log",
                            "kontor.vocabulary",
                            "java.lang..",
                            "java.util",
                            "java.util.concurrent",
                            "java.util.function",
                            "java.util.stream",
                            "java.time",
                            "java.nio.charset",
                            "org.jspecify.annotations");

    @ArchTest
    static final ArchRule decidingAndFoldingKnowNoTimeAndNoChance =
            noClasses()
                    .that()
                    .resideInAnyPackage(SEQUENCER, OWNERSHIP, RELOAD)
                    .should()
                    .dependOnClassesThat()
                    .haveFullyQualifiedName("java.time.Instant")
                    .orShould()
                    .dependOnClassesThat()
                    .haveFullyQualifiedName("java.time.Clock")
                    .orShould()
                    .dependOnClassesThat()
                    .areAssignableTo(Random.class)
                    .orShould()
                    .callMethod(System.class, "currentTimeMillis")
                    .orShould()
                    .callMethod(System.class, "nanoTime")
                    .orShould()
                    .callMethod(java.util.UUID.class, "randomUUID")
                    .orShould()
                    .dependOnClassesThat()
                    .areAssignableTo(Thread.class);

    @ArchTest
    static final ArchRule sequencerKnowsNoOwner =
            noClasses()
                    .that()
                    .resideInAPackage(SEQUENCER)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(OWNERSHIP, RELOAD);

    /** The relay lives without the database, and so without the journal. */
    @ArchTest
    static final ArchRule relayNeedsNoJournal =
            noClasses()
                    .that()
                    .resideInAnyPackage(SEQUENCER, OWNERSHIP, RELOAD, KAFKA)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "kontor.journal..",
                            "java.sql..",
                            "javax.sql..",
                            "org.springframework.jdbc..",
                            "org.springframework.data..");
}
