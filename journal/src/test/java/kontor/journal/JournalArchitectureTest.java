package kontor.journal;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "kontor.journal", importOptions = DoNotIncludeTests.class)
class JournalArchitectureTest {

    @ArchTest
    static final ArchRule LEDGER_IS_PURE =
            classes()
                    .that()
                    .resideInAPackage("..journal.ledger")
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage(
                            "java.lang..",
                            "java.util",
                            "java.util.function",
                            "java.util.stream",
                            "org.jspecify.annotations",
                            "kontor.log",
                            "kontor.vocabulary",
                            "kontor.journal.ledger");

    @ArchTest
    static final ArchRule STANDS_BESIDE_THE_RELAY =
            noClasses()
                    .should()
                    .dependOnClassesThat(
                            resideInAPackage("kontor..")
                                    .and(
                                            resideOutsideOfPackages(
                                                    "kontor.journal..",
                                                    "kontor.database..",
                                                    "kontor.log..",
                                                    "kontor.topics..",
                                                    "kontor.vocabulary..",
                                                    "kontor.*.v1..")));
}
