package kontor.launcher.plan;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

final class AdaptersPlanTest {

    private final StackPlan plan = Plans.ofDuel();

    @Test
    void anAdapterIsToldWhoItIsAndWhereEverythingIs() {
        assertThat(plan.process("adapter-game2").environment())
                .containsEntry("KONTOR_INSTANCE", "game2")
                .containsEntry("KONTOR_LAB_FILE", "/labs/two.yaml")
                .containsEntry("KONTOR_KAFKA_SERVERS", "127.0.0.1:9092")
                .containsEntry("KONTOR_HTTP_PORT", "8092")
                .containsEntry("KONTOR_DATA_DIR", "/data/adapter-game2");
    }

    @Test
    void anAdapterClaimsEveryPortOnEveryPeerAddress() {
        assertThat(plan.process("adapter-game1").ports())
                .extracting(AdaptersPlanTest::text)
                .containsExactly(
                        "TCP 127.0.0.1:8091",
                        "TCP 127.1.0.2:2300",
                        "TCP 127.1.0.2:2301",
                        "TCP 127.1.0.2:47624",
                        "UDP 127.1.0.2:47624");
    }

    @Test
    void adaptersTogetherAreOneProcessWithThePortsOfAllAndTheirDirectories() {
        StackPlan together = Plans.ofDuelTogether();
        ProcessSpec adapters = together.process("adapters");

        assertThat(together.names())
                .containsExactlyElementsOf(
                        plan.names().stream()
                                .map(name -> name.startsWith("adapter-") ? "adapters" : name)
                                .distinct()
                                .toList());
        assertThat(adapters.role()).isEqualTo(Role.ADAPTER);
        assertThat(adapters.log()).isEqualTo("adapters");
        assertThat(adapters.environment())
                .containsEntry("KONTOR_INSTANCE", "game1,game2")
                .containsEntry("KONTOR_DATA_DIR", "/data")
                .containsEntry("KONTOR_HTTP_PORT", "8091");
        assertThat(plan.process("adapter-game1").environment())
                .as("the directory of the same adapter apart")
                .containsEntry("KONTOR_DATA_DIR", "/data/adapter-game1");
        assertThat(claimed(together)).isSubsetOf(claimed(plan));
        assertThat(claimed(plan))
                .as("all but the second one's management port")
                .hasSize(claimed(together).size() + 1);
        assertThat(adapters.command()).contains("-Xmx224m");
    }

    private static List<String> claimed(StackPlan plan) {
        return plan.processes().stream()
                .filter(process -> process.role() == Role.ADAPTER)
                .flatMap(process -> process.ports().stream())
                .map(AdaptersPlanTest::text)
                .toList();
    }

    private static String text(PortClaim claim) {
        return "%s %s:%d"
                .formatted(claim.transport(), claim.address().getHostAddress(), claim.port());
    }

    @Test
    void adaptersTogetherStartFromTheCacheThatOneApartHasWritten() {
        assertThat(requireNonNull(Plans.ofDuelTogether().process("adapters").aotCache()).file())
                .isEqualTo(requireNonNull(plan.process("adapter-game1").aotCache()).file());
    }

    @Test
    void anAdapterIsLeftOutOfTheCommonProcessByItsOwnName() {
        assertThat(Plans.ofDuelTogether("adapter-game1").process("adapters").environment())
                .containsEntry("KONTOR_INSTANCE", "game2");
        assertThat(Plans.ofDuelTogether("adapter-game1", "adapter-game2").names())
                .doesNotContain("adapters")
                .contains("orchestrator");
        assertThat(Plans.ofDuelTogether("adapters").names()).doesNotContain("adapters");
        assertThatThrownBy(() -> Plans.ofDuelTogether("adapter-game3"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no process named 'adapter-game3'");
    }
}
