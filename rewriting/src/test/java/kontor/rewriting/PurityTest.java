package kontor.rewriting;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Bytes in, bytes out: no sockets, files, threads, clocks or frameworks. */
@AnalyzeClasses(packages = "kontor.rewriting", importOptions = DoNotIncludeTests.class)
class PurityTest {

    @ArchTest
    static final ArchRule KNOWS_ONLY_VALUES =
            classes()
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage(
                            "kontor.rewriting",
                            "kontor.lab",
                            "kontor.vocabulary",
                            "java.lang..",
                            "java.net",
                            "java.nio",
                            "java.util",
                            "java.util.function",
                            "java.util.stream",
                            "org.jspecify.annotations");
}
