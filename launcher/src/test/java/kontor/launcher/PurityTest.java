package kontor.launcher;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "kontor.launcher", importOptions = DoNotIncludeTests.class)
final class PurityTest {

    @ArchTest
    static final ArchRule planAndSupervisionTouchNothingOfTheOutsideWorld =
            noClasses()
                    .that()
                    .resideInAnyPackage("kontor.launcher.plan", "kontor.launcher.supervision")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "java.nio.file.attribute",
                            "java.nio.channels..",
                            "java.util.concurrent..",
                            "java.time.chrono..",
                            "org.apache..",
                            "org.slf4j..",
                            "picocli..",
                            "tools.jackson..")
                    .orShould()
                    .dependOnClassesThat()
                    .haveFullyQualifiedName("java.nio.file.Files")
                    .orShould()
                    .dependOnClassesThat()
                    .haveFullyQualifiedName("java.lang.ProcessBuilder")
                    .orShould()
                    .callMethod(System.class, "nanoTime")
                    .orShould()
                    .callMethod(System.class, "currentTimeMillis");

    @ArchTest
    static final ArchRule packagesDependOnEachOtherInOneDirection =
            slices().matching("kontor.launcher.(*)..").should().beFreeOfCycles();
}
