package kontor.launcher.plan;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import kontor.topics.TopicSpec;
import org.junit.jupiter.api.Test;

final class StackPlannerTest {

    private final StackPlan plan = Plans.ofDuel();

    @Test
    void aLabOfTwoIsSevenProcesses() {
        assertThat(plan.names())
                .containsExactly(
                        "database",
                        "broker",
                        "orchestrator",
                        "adapter-game1",
                        "adapter-game2",
                        "gateway",
                        "analysis");
    }

    @Test
    void adaptersNeedOnlyTheBroker() {
        assertThat(plan.process("adapter-game1").after()).containsExactly("broker");
        assertThat(plan.process("orchestrator").after()).containsExactly("broker");
        assertThat(plan.process("gateway").after()).containsExactly("database", "broker");
    }

    @Test
    void aServiceIsStartedFromTheLayoutOfItsBuild() {
        ProcessSpec gateway = plan.process("gateway");

        assertThat(gateway.command())
                .startsWith("/jdk/bin/java")
                .contains("-Dextra=1")
                .endsWith("-jar", "/cache/ui-gateway-abc/ui-gateway-boot.jar");
        assertThat(gateway.preparations())
                .containsExactly(
                        new Preparation.ExtractBootJar(
                                "ui-gateway",
                                Path.of("/kontor/ui-gateway-boot.jar"),
                                Path.of("/cache/ui-gateway-abc")));
        assertThat(gateway.readiness())
                .isEqualTo(new Readiness.Http(URI.create("http://127.0.0.1:8080/readyz")));
        assertThat(gateway.ports())
                .extracting(claim -> claim.address().getHostAddress() + ":" + claim.port())
                .containsExactly("127.0.0.1:8080", "127.0.0.1:8084");
    }

    @Test
    void onlyTheGatewayGoesBeyondLoopbackAndItHasATokenThere() {
        Entrance everywhere =
                new Entrance(InetAddress.ofLiteral("0.0.0.0"), Optional.of(Path.of("/data/token")));
        StackPlan exposed = Plans.ofDuel(everywhere);

        assertThat(exposed.process("gateway").environment())
                .containsEntry("KONTOR_HTTP_ADDRESS", "0.0.0.0")
                .containsEntry("KONTOR_TOKEN_FILE", "/data/token")
                .containsEntry("KONTOR_MANAGEMENT_ADDRESS", "127.0.0.1");
        assertThat(exposed.process("gateway").readiness())
                .isEqualTo(new Readiness.Http(URI.create("http://127.0.0.1:8080/readyz")));
        assertThat(exposed.process("analysis").environment())
                .containsEntry("KONTOR_HTTP_ADDRESS", "127.0.0.1")
                .doesNotContainKey("KONTOR_TOKEN_FILE");
    }

    @Test
    void theOrchestratorHostsTheJournalUnlessThatIsAProcessOfItsOwn() {
        assertThat(plan.names()).doesNotContain("journal");
        assertThat(plan.process("orchestrator").environment())
                .containsEntry("KONTOR_JOURNAL_ENABLED", "true");
        assertThat(plan.portClaims()).extracting(PortClaim::port).doesNotContain(8085);
    }

    @Test
    void aJournalOfItsOwnIsTheOnlyOneAndIsLikeAllServices() {
        StackPlan apart = Plans.ofDuelWithAJournal();
        ProcessSpec journal = apart.process("journal");

        assertThat(apart.processes())
                .extracting(process -> process.environment().get("KONTOR_JOURNAL_ENABLED"))
                .filteredOn("true"::equals)
                .hasSize(1);
        assertThat(apart.successors())
                .extracting(process -> process.environment().get("KONTOR_JOURNAL_ENABLED"))
                .containsOnly("false");
        assertThat(journal.environment()).containsEntry("KONTOR_HTTP_PORT", "8085");
        assertThat(journal.readiness())
                .isEqualTo(new Readiness.Http(URI.create("http://127.0.0.1:8085/readyz")));
        assertThat(journal.after()).containsExactly("database", "broker");
        assertThat(journal.role()).isEqualTo(Role.SERVICE);
        assertThat(StackPlanner.processOf("journal")).contains("journal");
        assertThat(StackPlanner.serviceOf("journal")).contains("journal");
    }

    @Test
    void theBrokerRunsFromACopyOfItsJar() {
        assertThat(plan.process("broker").command())
                .contains("/cache/broker-def/broker.jar:/kontor/lib/kafka.jar");
        assertThat(plan.process("broker").preparations())
                .contains(
                        new Preparation.CopyJar(
                                Path.of("/kontor/launcher.jar"),
                                Path.of("/cache/broker-def/broker.jar")));
    }

    @Test
    void whomEachPacketPassesCompilesTwice() {
        assertThat(compilingTwice(2))
                .isEqualTo(compilingTwice(3))
                .containsExactly("broker", "orchestrator", "adapter-game1", "adapter-game2");
        assertThat(Plans.ofDuelOn(2).successors())
                .extracting(ProcessSpec::command)
                .noneMatch(command -> command.contains("-XX:TieredStopAtLevel=1"));
    }

    private static List<String> compilingTwice(int processors) {
        return Plans.ofDuelOn(processors).processes().stream()
                .filter(process -> process.aotCache() != null)
                .filter(process -> !process.command().contains("-XX:TieredStopAtLevel=1"))
                .map(ProcessSpec::name)
                .toList();
    }

    @Test
    void onTwoProcessorsAdaptersAndOrchestratorDoSoOnlyOnceTheyAreTrained() {
        assertThat(Plans.ofDuelOn(2).processes())
                .filteredOn(process -> !untrained(process).isEmpty())
                .allSatisfy(process ->
                        assertThat(untrained(process)).containsExactly("-XX:TieredStopAtLevel=1"))
                .extracting(ProcessSpec::name)
                .containsExactly("orchestrator", "adapter-game1", "adapter-game2");
        assertThat(Plans.ofDuelOn(3).processes())
                .allSatisfy(process -> assertThat(untrained(process)).isEmpty());
    }

    @Test
    void onlyTheBrokerCollectsWithTwoThreads() {
        List<ProcessSpec> jvms =
                Plans.ofDuelOn(2).processes().stream()
                        .filter(process -> process.aotCache() != null)
                        .toList();
        assertThat(jvms)
                .filteredOn(process -> process.command().contains("-XX:+UseParallelGC"))
                .extracting(ProcessSpec::name)
                .containsExactly("broker");
        assertThat(jvms)
                .filteredOn(process -> process.command().contains("-XX:+UseSerialGC"))
                .hasSize(jvms.size() - 1);
    }

    @Test
    void onTwoProcessorsTheBrokerHasOneThreadOfEachSort() {
        assertThat(Plans.brokerSettings(Plans.ofDuelOn(2)))
                .contains("num.network.threads=1\n", "num.io.threads=1\n");
        assertThat(Plans.brokerSettings(Plans.ofDuelOn(3)))
                .contains("num.network.threads=3\n", "num.io.threads=4\n");
    }

    private static List<String> untrained(ProcessSpec process) {
        AotCache cache = process.aotCache();
        return cache == null ? List.of() : cache.untrained();
    }

    @Test
    void everyJvmHasACacheBesideWhatItRunsFrom() {
        assertThat(plan.processes())
                .filteredOn(process -> !process.name().equals("database"))
                .allSatisfy(process ->
                        assertThat(process.aotCache())
                                .isNotNull()
                                .extracting(AotCache::use)
                                .isEqualTo(AotCache.Use.READ));
        assertThat(plan.process("database").aotCache()).isNull();
        assertThat(file("gateway")).hasParentRaw(Path.of("/cache/ui-gateway-abc"));
        assertThat(file("broker")).hasParentRaw(Path.of("/cache/broker-def"));
        assertThat(file("adapter-game1")).isEqualTo(file("adapter-game2"));
    }

    @Test
    void inTrainingEachCacheIsWrittenOnce() {
        StackPlan training = Plans.ofDuel(false, AotCache.Use.WRITE);

        assertThat(training.process("adapter-game1").aotCache())
                .isEqualTo(
                        new AotCache(
                                file("adapter-game1"),
                                AotCache.Use.WRITE,
                                untrained(training.process("adapter-game1"))));
        assertThat(training.process("adapter-game2").aotCache()).isNull();
    }

    @Test
    void anOrchestratorsSuccessorHasAPortADataDirectoryAndALogOfItsOwn() {
        ProcessSpec first = plan.process("orchestrator");
        ProcessSpec second = plan.following(first);

        assertThat(second.name()).isEqualTo("orchestrator");
        assertThat(second.log()).isEqualTo("orchestrator-2");
        assertThat(second.port()).contains(8083);
        assertThat(second.environment()).containsEntry("KONTOR_DATA_DIR", "/data/orchestrator-2");
        assertThat(second.command()).isEqualTo(first.command());
        assertThat(second.aotCache()).isEqualTo(first.aotCache());
        assertThat(plan.following(second)).isEqualTo(first);
        assertThat(plan.portClaims()).extracting(PortClaim::port).contains(8081, 8083);
    }

    @Test
    void aServiceIsKnownByItsProcessAndByItsFolder() {
        assertThat(StackPlanner.serviceOf("gateway")).contains("ui-gateway");
        assertThat(StackPlanner.serviceOf("ui-gateway")).contains("ui-gateway");
        assertThat(StackPlanner.serviceOf("broker")).isEmpty();
    }

    @Test
    void allOthersAreFollowedInTheirPlace() {
        assertThat(plan.following(plan.process("gateway"))).isEqualTo(plan.process("gateway"));
    }

    @Test
    void theBrokerIsReadyWhenTheTopicsOfAllInstancesAreThere() {
        assertThat(plan.process("broker").readiness())
                .isInstanceOfSatisfying(
                        Readiness.BrokerWithTopics.class,
                        readiness ->
                                assertThat(readiness.topics())
                                        .extracting(TopicSpec::name)
                                        .contains(
                                                "kontor.packets",
                                                "kontor.commands.game1",
                                                "kontor.commands.game2"));
    }

    @Test
    void theDatabaseWritesWhatItHasPromised() {
        assertThat(plan.process("database").command())
                .contains("fsync=on", "synchronous_commit=on", "listen_addresses=127.0.0.1");
    }

    @Test
    void onlyRootNeedsAUserNamespaceForTheDatabase() {
        assertThat(Plans.ofDuel(true).process("database").command()).startsWith("unshare", "-U");
        assertThat(plan.process("database").command()).doesNotContain("unshare");
    }

    @Test
    void nothingWaitsForAProcessThatIsLeftOut() {
        StackPlan less = plan.without(Set.of("broker"));

        assertThat(less.names()).doesNotContain("broker");
        assertThat(less.process("analysis").after()).containsExactly("database");
    }

    @Test
    void aProcessThatIsNotThereCannotBeLeftOut() {
        assertThatThrownBy(() -> plan.without(Set.of("brokre")))
                .hasMessageContaining("no process named 'brokre'; available: [database, broker");
    }

    private Path file(String name) {
        return requireNonNull(plan.process(name).aotCache()).file();
    }

    @Test
    void aPlanInTheWrongOrderIsRefused() {
        List<ProcessSpec> backwards = plan.processes().reversed();

        assertThatThrownBy(() -> new StackPlan(plan.ports(), backwards, List.of()))
                .hasMessageContaining("not all stand before it");
    }
}
