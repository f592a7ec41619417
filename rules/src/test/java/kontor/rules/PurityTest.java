package kontor.rules;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "kontor.rules", importOptions = ImportOption.DoNotIncludeTests.class)
class PurityTest {

    @ArchTest
    static final ArchRule KNOWS_ONLY_VALUES_FILTERS_AND_LAYOUTS =
            classes()
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage(
                            "kontor.rules",
                            "kontor.packetrules",
                            "kontor.sandbox",
                            "kontor.filters..",
                            "kontor.analysis.dissect",
                            "kontor.analysis.directplay",
                            "kontor.analysis.x642",
                            "kontor.vocabulary",
                            "org.yaml.snakeyaml..",
                            "org.jspecify.annotations",
                            "java.lang..",
                            "java.math",
                            "java.security",
                            "java.util",
                            "java.util.function",
                            "java.util.stream",
                            "java.util.regex",
                            "java.nio.charset",
                            "java.io",
                            "java.time..");
}
