package kontor.analysis;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import org.junit.jupiter.api.Test;

/** The shape that README.md promises. */
class ArchitectureTest {

    private static final String[] PURE = {
        "kontor.analysis.analyzer",
        "kontor.analysis.anno",
        "kontor.analysis.directplay",
        "kontor.analysis.dissect",
        "kontor.analysis.reassembly",
        "kontor.analysis.sessions",
        "kontor.analysis.user",
        "kontor.analysis.workshop",
        "kontor.analysis.state",
        "kontor.analysis.x642"
    };

    /** Without the generated messages, which share our root package. */
    private static final JavaClasses OURS =
            new ClassFileImporter()
                    .withImportOption(new DoNotIncludeTests())
                    .withImportOption(location ->
                            location.contains("/analysis-service/")
                                    || location.contains("/dissectors/"))
                    .importPackages("kontor.analysis");

    @Test
    void thePurePackagesKnowNothingOfTheWorld() {
        classes()
                .that()
                .resideInAnyPackage(PURE)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java.lang..",
                        "java.nio",
                        "java.nio.charset",
                        "java.util",
                        "java.util.function",
                        "java.util.stream",
                        "java.io",
                        "org.jspecify.annotations",
                        "kontor.log",
                        "kontor.vocabulary",
                        "kontor.analysis.analyzer",
                        "kontor.analysis.anno",
                        "kontor.analysis.directplay",
                        "kontor.analysis.dissect",
                        "kontor.analysis.reassembly",
                        "kontor.analysis.sessions",
                        "kontor.analysis.user",
                        "kontor.analysis.workshop",
                        "kontor.analyzers",
                        "kontor.analysis.state",
                        "kontor.analysis.x642")
                .check(OURS);
    }

    @Test
    void thePurePackagesAskForNeitherTimeNorChance() {
        noClasses()
                .that()
                .resideInAnyPackage(PURE)
                .should()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .dependOnClassesThat()
                .haveNameMatching("java\\.util\\.(Random|Timer)|java\\.lang\\.(Thread|Process).*")
                .check(OURS);
    }

    @Test
    void onlyTheEdgesUseKafkaSpringAndTheGeneratedMessages() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "kontor.analysis",
                        "kontor.analysis.kafka",
                        "kontor.analysis.store",
                        "kontor.analysis.runtime",
                        "kontor.analysis.sandbox",
                        "kontor.analysis.assembly")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.kafka..", "org.springframework..", "kontor..v1")
                .check(OURS);
    }

    @Test
    void packagesHaveAnOrder() {
        slices().matching("kontor.analysis.(*)..").should().beFreeOfCycles().check(OURS);
    }
}
