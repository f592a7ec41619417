package kontor.adapter;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "kontor.adapter", importOptions = DoNotIncludeTests.class)
final class ArchitectureTest {

    @ArchTest
    static final ArchRule THE_CORE_IS_PURE =
            classes()
                    .that()
                    .resideInAnyPackage(
                            "kontor.adapter.capture",
                            "kontor.adapter.clock",
                            "kontor.adapter.freeze",
                            "kontor.adapter.loss",
                            "kontor.adapter.pace",
                            "kontor.adapter.relay")
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage(
                            "kontor.adapter.capture",
                            "kontor.adapter.clock",
                            "kontor.adapter.freeze",
                            "kontor.adapter.loss",
                            "kontor.adapter.pace",
                            "kontor.adapter.relay",
                            "kontor.vocabulary",
                            "org.jspecify.annotations",
                            "java.lang..",
                            "java.net",
                            "java.util",
                            "java.util.function",
                            "java.util.stream");

    @ArchTest
    static final ArchRule THE_CORE_OPENS_NO_SOCKET_AND_READS_NO_CLOCK =
            noClasses()
                    .that()
                    .resideInAnyPackage(
                            "kontor.adapter.capture",
                            "kontor.adapter.clock",
                            "kontor.adapter.freeze",
                            "kontor.adapter.loss",
                            "kontor.adapter.pace",
                            "kontor.adapter.relay")
                    .should()
                    .dependOnClassesThat()
                    .haveNameMatching(
                            "java\\.net\\.(?!InetAddress|InetSocketAddress).*"
                                    + "|java\\.lang\\.(System|Thread)|java\\.util\\.Random");

    @ArchTest
    static final ArchRule POSITIONS_OF_THE_SPOOL_KNOW_NO_DISK_AND_NO_THREAD =
            classes()
                    .that()
                    .haveNameMatching("kontor\\.adapter\\.spool\\.(SpoolPositions|SpoolBounds).*")
                    .should()
                    .onlyDependOnClassesThat()
                    .haveNameMatching(
                            "kontor\\.adapter\\.spool\\.Spool(Positions|Bounds|Place|Status).*"
                                    + "|kontor\\.adapter\\.relay\\.SpoolLevel"
                                    + "|kontor\\.vocabulary\\..*"
                                    + "|org\\.jspecify\\.annotations\\..*"
                                    + "|java\\.util\\.\\w+"
                                    + "|java\\.lang\\.(?!System|Thread).*");

    @ArchTest
    static final ArchRule ONLY_ITS_EDGE_KNOWS_KAFKA_AND_PROTOBUF =
            noClasses()
                    .that()
                    .resideOutsideOfPackages("kontor.adapter.kafka", "kontor.adapter.run")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("org.apache.kafka..", "com.google.protobuf..");

    @ArchTest
    static final ArchRule ONLY_ITS_EDGE_KNOWS_NETTY =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("kontor.adapter.game")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("io.netty..");

    @ArchTest
    static final ArchRule ONLY_THE_RUN_KNOWS_SPRING =
            noClasses()
                    .that()
                    .resideOutsideOfPackages("kontor.adapter", "kontor.adapter.run")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("org.springframework..");
}
