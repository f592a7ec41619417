package kontor.captures;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Bytes in, bytes out: no sockets, threads, clocks or frameworks, and files in one class only. */
@AnalyzeClasses(packages = "kontor.captures", importOptions = DoNotIncludeTests.class)
class CapturesArchitectureTest {

    @ArchTest
    static final ArchRule KNOWS_ONLY_VALUES =
            classes()
                    .that()
                    .haveNameNotMatching("kontor\\.captures\\.reading\\.CaptureFile(\\$.*)?")
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage(
                            "kontor.captures..",
                            "kontor.vocabulary",
                            "java.lang..",
                            "java.math",
                            "java.net",
                            "java.nio",
                            "java.nio.charset",
                            "java.util",
                            "java.util.function",
                            "java.util.stream",
                            "org.jspecify.annotations");

    @ArchTest
    static final ArchRule CAPTURE_FILE_READS_FILES =
            noClasses()
                    .that()
                    .haveNameMatching("kontor\\.captures\\.reading\\.CaptureFile(\\$.*)?")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "java.net..", "java.util.concurrent..", "org.springframework..");

    @ArchTest
    static final ArchRule NO_SOCKETS =
            noClasses()
                    .should()
                    .dependOnClassesThat()
                    .haveNameMatching(
                            "java\\.net\\.(Socket|ServerSocket|DatagramSocket|URL|URLConnection)");
}
