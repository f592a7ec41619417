package kontor.players;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Checkers, messages and plans know nothing of sockets, files, threads and clocks. */
@AnalyzeClasses(packages = "kontor.players", importOptions = DoNotIncludeTests.class)
class PurityTest {

    private static final String[] EDGES = {
        "java.io..", "java.nio.channels..", "java.nio.file..", "java.util.concurrent..",
        "org.apache.kafka..", "org.slf4j..", "tools.jackson..", "org.springframework.."
    };

    @ArchTest
    static final ArchRule PURE_PACKAGES =
            noClasses()
                    .that()
                    .resideInAnyPackage("kontor.players.check", "kontor.players.directplay")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(EDGES);

    @ArchTest
    static final ArchRule PLANNING =
            noClasses()
                    .that()
                    .haveFullyQualifiedName("kontor.players.replay.Planner")
                    .or()
                    .haveFullyQualifiedName("kontor.players.replay.Plan")
                    .or()
                    .haveFullyQualifiedName("kontor.players.replay.Correlation")
                    .or()
                    .haveFullyQualifiedName("kontor.players.replay.Accountant")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(EDGES);

    @ArchTest
    static final ArchRule NOBODY_PRINTS =
            noClasses()
                    .should()
                    .accessField(System.class, "out")
                    .orShould()
                    .accessField(System.class, "err");
}
