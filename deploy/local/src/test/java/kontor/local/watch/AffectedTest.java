package kontor.local.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class AffectedTest {

    @Test
    void aServicesSourceConcernsThatServiceAlone() {
        assertThat(by("ui-gateway/src/main/java/A.java"))
                .isEqualTo(new Affected(List.of("ui-gateway"), false));
    }

    @Test
    void aSchemaConcernsAllAndTheOrchestratorIsTheLast() {
        assertThat(by("schemas/src/main/proto/a.proto"))
                .isEqualTo(
                        new Affected(
                                List.of("analysis-service", "ui-gateway", "orchestrator-service"),
                                true));
    }

    @Test
    void anAdaptersSourceIsNotedAndNothingIsReloadedForIt() {
        assertThat(by("adapter-service/src/main/java/A.java"))
                .isEqualTo(new Affected(List.of(), true));
    }

    @Test
    void whatEditorsLeaveForAMomentIsNoSource() {
        assertThat(by("ui-gateway/src/main/java/A.java~", "ui-gateway/src/main/java/.A.java.swp"))
                .isEqualTo(new Affected(List.of(), false));
    }

    private static Affected by(String... paths) {
        return Affected.by(Stream.of(paths).map(Path::of).toList());
    }
}
