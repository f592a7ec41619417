package kontor.orchestrator;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

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
    private static final String SETTINGS = "kontor.orchestrator.settings..";
    private static final String MAPPING = "kontor.orchestrator.mapping..";
    private static final String METRICS = "kontor.orchestrator.metrics..";
    private static final String KAFKA = "kontor.orchestrator.kafka..";
    private static final String CODE = "kontor.orchestrator.code..";
    private static final String DRIVING = "kontor.orchestrator.driving..";
    private static final String PARTITIONS = "kontor.orchestrator.partitions..";

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
                            "kontor.rules",
                            "kontor.rewriting",
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

    /** Who may know a room; the pure packages, which all may know, know none of them. */
    @ArchTest
    static final ArchRule roomsOfTheEdgeKnowOnlyThoseBelow =
            layeredArchitecture()
                    .consideringOnlyDependenciesInLayers()
                    .layer("settings")
                    .definedBy(SETTINGS)
                    .layer("mapping")
                    .definedBy(MAPPING)
                    .layer("metrics")
                    .definedBy(METRICS)
                    .layer("kafka")
                    .definedBy(KAFKA)
                    .layer("code")
                    .definedBy(CODE)
                    .layer("driving")
                    .definedBy(DRIVING)
                    .layer("partitions")
                    .definedBy(PARTITIONS)
                    .whereLayer("partitions")
                    .mayNotBeAccessedByAnyLayer()
                    .whereLayer("driving")
                    .mayOnlyBeAccessedByLayers("partitions")
                    .whereLayer("code")
                    .mayOnlyBeAccessedByLayers("driving", "partitions")
                    .whereLayer("kafka")
                    .mayOnlyBeAccessedByLayers("driving", "partitions")
                    .whereLayer("mapping")
                    .mayOnlyBeAccessedByLayers("kafka", "driving")
                    .whereLayer("metrics")
                    .mayOnlyBeAccessedByLayers("code", "kafka", "driving", "partitions")
                    .whereLayer("settings")
                    .mayOnlyBeAccessedByLayers("driving", "partitions");

    @ArchTest
    static final ArchRule onlyThoseWhoReadAndWriteKnowKafka =
            noClasses()
                    .that()
                    .resideOutsideOfPackages(KAFKA, DRIVING, PARTITIONS)
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("org.apache.kafka..");

    @ArchTest
    static final ArchRule onlyMappingReadingAndWritingKnowProtobuf =
            noClasses()
                    .that()
                    .resideOutsideOfPackages(MAPPING, KAFKA, DRIVING)
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("com.google.protobuf..")
                    .orShould()
                    .dependOnClassesThat()
                    .areAssignableTo("com.google.protobuf.Message");

    @ArchTest
    static final ArchRule onlyPartitionsAndSettingsKnowSpring =
            noClasses()
                    .that()
                    .resideOutsideOfPackages("kontor.orchestrator", PARTITIONS, SETTINGS)
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("org.springframework..");

    /** The relay lives without the database, and so without the journal. */
    @ArchTest
    static final ArchRule relayNeedsNoJournal =
            noClasses()
                    .that()
                    .resideInAPackage("kontor.orchestrator.*..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "kontor.journal..",
                            "java.sql..",
                            "javax.sql..",
                            "org.springframework.jdbc..",
                            "org.springframework.data..");
}
