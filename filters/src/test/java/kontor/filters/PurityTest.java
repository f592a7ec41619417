package kontor.filters;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "kontor.filters", importOptions = ImportOption.DoNotIncludeTests.class)
class PurityTest {

    @ArchTest
    static final ArchRule KNOWS_ONLY_VALUES_AND_ITS_PARSERS =
            classes()
                    .that()
                    .resideOutsideOfPackage("kontor.filters.grammar")
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage(
                            "kontor.filters..",
                            "org.antlr.v4.runtime..",
                            "com.google.re2j",
                            "org.jspecify.annotations",
                            "java.lang..",
                            "java.math",
                            "java.util",
                            "java.util.function",
                            "java.util.stream",
                            "java.util.regex",
                            "java.nio.charset",
                            "java.io",
                            "java.time..");
}
