package kontor.dissectors;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
        packages = {
            "kontor.analysis.dissect",
            "kontor.analysis.directplay",
            "kontor.analysis.x642",
            "kontor.analysis.reassembly"
        },
        importOptions = ImportOption.DoNotIncludeTests.class)
class PurityTest {

    @ArchTest
    static final ArchRule LAYOUTS_KNOW_ONLY_VALUES =
            classes()
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage(
                            "kontor.analysis.dissect",
                            "kontor.analysis.directplay",
                            "kontor.analysis.x642",
                            "kontor.analysis.reassembly",
                            "kontor.analysis.reassembly",
                            "kontor.vocabulary",
                            "org.jspecify.annotations",
                            "java.lang..",
                            "java.util",
                            "java.util.function",
                            "java.util.stream",
                            "java.nio",
                            "java.nio.charset");
}
