package kontor.gateway;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import org.springframework.stereotype.Component;

/**
 * A package is a feature, with its edges in it: controllers, archives and whatever else Spring
 * makes. All other classes of a feature are pure.
 */
@AnalyzeClasses(packages = "kontor.gateway", importOptions = ImportOption.DoNotIncludeTests.class)
class PurityTest {

    private static final String[] FEATURES = {
        "kontor.gateway.continuity",
        "kontor.gateway.dissectors",
        "kontor.gateway.events",
        "kontor.gateway.filtering",
        "kontor.gateway.finding",
        "kontor.gateway.flows",
        "kontor.gateway.instances",
        "kontor.gateway.labs",
        "kontor.gateway.live",
        "kontor.gateway.messages",
        "kontor.gateway.reloads",
        "kontor.gateway.sessions",
        "kontor.gateway.sampling",
        "kontor.gateway.snapshots",
        "kontor.gateway.state",
        "kontor.gateway.statistics"
    };

    /** With what is written inside it. */
    private static final DescribedPredicate<JavaClass> MADE_BY_SPRING =
            describe(
                    "made by Spring", type -> outermost(type).isMetaAnnotatedWith(Component.class));

    private static final DescribedPredicate<JavaClass> READS_TABLES =
            describe(
                    "an archive, or what archives read rows with",
                    type -> outermost(type).getSimpleName().matches(".*(Archive|Rows|Columns)"));

    @ArchTest
    static final ArchRule THE_PURE_KNOW_ONLY_VALUES =
            classes()
                    .that()
                    .resideInAnyPackage(FEATURES)
                    .and(not(MADE_BY_SPRING))
                    .and(not(READS_TABLES))
                    .should()
                    .onlyDependOnClassesThat(
                            JavaClass.Predicates.resideInAnyPackage(FEATURES)
                                    .and(not(MADE_BY_SPRING))
                                    .and(not(READS_TABLES))
                                    .or(
                                            JavaClass.Predicates.resideInAnyPackage(
                                                    "kontor.gateway.listing",
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
                                                    "com.fasterxml.jackson.annotation")));

    @ArchTest
    static final ArchRule WHAT_ALL_ENDPOINTS_SHARE_KNOWS_NO_FEATURE =
            noClasses()
                    .that()
                    .resideInAnyPackage("kontor.gateway.http", "kontor.gateway.tables")
                    .should()
                    .dependOnClassesThat(
                            JavaClass.Predicates.resideInAPackage("kontor.gateway..")
                                    .and(
                                            not(
                                                    JavaClass.Predicates.resideInAnyPackage(
                                                            "kontor.gateway.access",
                                                            "kontor.gateway.control",
                                                            "kontor.gateway.http",
                                                            "kontor.gateway.listing",
                                                            "kontor.gateway.settings",
                                                            "kontor.gateway.tables"))));

    @ArchTest
    static final ArchRule ONLY_TAIL_AND_CONTROL_KNOW_KAFKA =
            noClasses()
                    .that()
                    .resideOutsideOfPackages("kontor.gateway.tail", "kontor.gateway.control")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("org.apache.kafka..");

    @ArchTest
    static final ArchRule NO_TWO_FEATURES_KNOW_EACH_OTHER =
            SlicesRuleDefinition.slices().matching("kontor.gateway.(*)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule ONLY_ARCHIVES_KNOW_TABLES =
            noClasses()
                    .that(not(READS_TABLES))
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("java.sql", "org.springframework.jdbc..");

    private static JavaClass outermost(JavaClass type) {
        return type.getEnclosingClass().map(PurityTest::outermost).orElse(type);
    }
}
