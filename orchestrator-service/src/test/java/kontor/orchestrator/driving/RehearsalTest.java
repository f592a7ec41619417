package kontor.orchestrator.driving;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import kontor.orchestrator.settings.OrchestratorSettings;
import kontor.orchestrator.settings.ReloadSettings;
import kontor.topics.ServiceLife;
import org.junit.jupiter.api.Test;

class RehearsalTest {

    private static final Duration LONG = Duration.ofMinutes(1);

    private final Rehearsal rehearsal =
            new Rehearsal(
                    settings(),
                    new ServiceLife("orchestrator-service", UUID.randomUUID(), 1, 1, "test"));

    @Test
    void everyPacketIsRelayedToTheOtherGame() {
        Rehearsal.Outcome outcome = rehearsal.run(400, LONG, () -> false);

        assertThat(outcome).isEqualTo(new Rehearsal.Outcome(400, 400));
    }

    @Test
    void whoIsToStopDoesNotGoOn() {
        assertThat(rehearsal.run(400, LONG, () -> true).packets()).isZero();
    }

    @Test
    void itEndsWhenItsTimeIsOver() {
        assertThat(rehearsal.run(400, Duration.ZERO, () -> false).packets()).isZero();
    }

    private static OrchestratorSettings settings() {
        return new OrchestratorSettings(
                "",
                Set.of(0),
                LONG,
                1_000,
                1_000,
                Duration.ofMillis(50),
                Duration.ofMillis(100),
                100,
                LONG,
                true,
                LONG,
                "",
                new ReloadSettings(LONG, LONG, LONG, LONG, LONG, LONG, LONG));
    }
}
