package kontor.launcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import kontor.launcher.plan.Role;
import kontor.launcher.stack.StackState;
import kontor.launcher.supervision.Phase;
import kontor.launcher.supervision.ProcessIdentity;
import kontor.launcher.supervision.StackPhase;
import kontor.launcher.supervision.Standing;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ProgressViewTest {

    private static final PrintStream NOWHERE =
            new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);

    private final ProgressView view =
            new ProgressView(new Console(NOWHERE, NOWHERE, false, true, 80));

    @Test
    void aProcessThatBecameReadyIsToldOnce() {
        StackState ready =
                state(entry("gateway", Phase.READY, null), entry("a", Phase.READY, null));

        assertThat(view.changes(ready))
                .containsExactly(
                        "  gateway  ready      1.2 s  127.0.0.1:8080",
                        "  a        ready      1.2 s  127.0.0.1:8080");
        assertThat(view.changes(ready)).isEmpty();
    }

    @Test
    void anAdapterInANamespaceIsShownWithItsAddressThere() {
        assertThat(
                        view.changes(
                                state(
                                        entry(
                                                "a",
                                                Phase.READY,
                                                null,
                                                "http://169.254.9.11:8091/readyz"))))
                .containsExactly("  a  ready      1.2 s  169.254.9.11:8091");
    }

    @Test
    void waitingAndStartingAreNoNews() {
        assertThat(
                        view.changes(
                                state(
                                        entry("gateway", Phase.WAITING, null),
                                        entry("broker", Phase.STARTING, null))))
                .isEmpty();
    }

    @Test
    void aDeathIsToldWithItsCause() {
        assertThat(view.changes(state(entry("gateway", Phase.DIED, "killed by signal 9"))))
                .containsExactly("  gateway  died     killed by signal 9");
    }

    @Test
    void aDeathThatIsFollowedByAnotherLifeSaysSo() {
        assertThat(view.changes(state(entry("gateway", Phase.WAITING, "exit status 1"))))
                .containsExactly("  gateway  died     exit status 1, restarting");
    }

    @Test
    void whoIsWaitedForIsNamed() {
        StackState state =
                state(entry("gateway", Phase.STARTING, null), entry("broker", Phase.READY, null));

        assertThat(ProgressView.waiting(state, 7)).isEqualTo("    7 s  starting gateway");
    }

    private static StackState state(StackState.Entry... entries) {
        return new StackState(
                "boot",
                new ProcessIdentity(1, 1),
                StackPhase.STARTING,
                "default",
                List.of("game1"),
                "/lab.yaml",
                "/data",
                "http://127.0.0.1:8080/",
                null,
                "127.0.0.1:9092",
                "jdbc:postgresql://127.0.0.1:15432/kontor",
                List.of(entries));
    }

    private static StackState.Entry entry(String name, Phase phase, @Nullable String note) {
        return entry(name, phase, note, null);
    }

    private static StackState.Entry entry(
            String name, Phase phase, @Nullable String note, @Nullable String health) {
        return new StackState.Entry(
                name,
                Standing.IN_CHARGE,
                Role.SERVICE,
                phase,
                null,
                8080,
                health,
                1,
                1234L,
                null,
                note,
                "/log");
    }
}
