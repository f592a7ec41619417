package kontor.launcher.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import kontor.launcher.plan.Role;
import kontor.launcher.process.ProcessTable;
import kontor.launcher.supervision.Phase;
import kontor.launcher.supervision.ProcessIdentity;
import kontor.launcher.supervision.StackPhase;
import kontor.launcher.supervision.Standing;
import org.junit.jupiter.api.Test;

final class StackStateTest {

    private static final ProcessIdentity US =
            ProcessTable.identify(ProcessHandle.current().pid()).orElseThrow();

    @Test
    void theFileTellsAllThatIsKnown() {
        StackState state = state(ProcessTable.bootId(), US);

        assertThat(StackState.fromJson(state.toJson())).isEqualTo(state);
    }

    @Test
    void aLivingSupervisorIsKnownByIdAndStartTime() {
        assertThat(state(ProcessTable.bootId(), US).supervised()).isTrue();
    }

    @Test
    void anotherProcessWithItsIdIsNotTheSupervisor() {
        ProcessIdentity other = new ProcessIdentity(US.pid(), US.startTicks() - 1);

        assertThat(state(ProcessTable.bootId(), other).supervised()).isFalse();
        assertThat(state(ProcessTable.bootId(), other).living()).isEmpty();
    }

    @Test
    void afterARestartOfTheMachineNothingIsLeft() {
        assertThat(state("another boot", US).supervised()).isFalse();
        assertThat(state("another boot", US).living()).isEmpty();
    }

    static StackState state(String bootId, ProcessIdentity identity) {
        return new StackState(
                bootId,
                identity,
                StackPhase.READY,
                "default",
                List.of("game1"),
                "/lab.yaml",
                "/data",
                "http://127.0.0.1:8080/",
                null,
                "127.0.0.1:9092",
                "jdbc:postgresql://127.0.0.1:15432/kontor",
                List.of(
                        new StackState.Entry(
                                "gateway",
                                Standing.IN_CHARGE,
                                Role.SERVICE,
                                Phase.READY,
                                identity,
                                8080,
                                "http://127.0.0.1:8080/readyz",
                                1,
                                1200L,
                                null,
                                null,
                                "/data/logs/gateway.log")));
    }
}
