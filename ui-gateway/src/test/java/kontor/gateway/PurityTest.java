package kontor.gateway;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "kontor.gateway", importOptions = ImportOption.DoNotIncludeTests.class)
class PurityTest {

    private static final String[] PURE = {
        "kontor.gateway.answers",
        "kontor.gateway.live",
        "kontor.gateway.continuity",
        "kontor.gateway.instances",
        "kontor.gateway.reloads"
    };

    @ArchTest
    static final ArchRule THE_PURE_KNOW_ONLY_VALUES =
            classes()
                    .that()
                    .resideInAnyPackage(PURE)
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage(
                            "kontor.gateway.answers",
                            "kontor.gateway.live",
                            "kontor.gateway.continuity",
                            "kontor.gateway.instances",
                            "kontor.gateway.reloads",
                            "kontor.log",
                            "kontor.vocabulary",
                            "kontor.filters..",
                            "java.lang..",
                            "java.util",
                            "java.util.function",
                            "java.util.stream",
                            "java.util.regex",
                            "java.util.zip",
                            "java.nio.charset",
                            "java.time",
                            "java.time.temporal",
                            "org.jspecify.annotations",
                            "io.swagger.v3.oas.annotations..",
                            "com.fasterxml.jackson.annotation");

    @ArchTest
    static final ArchRule ONLY_TAIL_AND_CONTROL_KNOW_KAFKA =
            noClasses()
                    .that()
                    .resideOutsideOfPackages("kontor.gateway.tail", "kontor.gateway.control")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("org.apache.kafka..");

    @ArchTest
    static final ArchRule ONLY_THE_ARCHIVE_KNOWS_TABLES =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("kontor.gateway.archive")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("java.sql", "org.springframework.jdbc..");
}
