package kontor.launcher.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import kontor.launcher.plan.JournalPlace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "A.java~",
                ".A.java.swp",
                ".#A.java",
                "#A.java#",
                "4913",
                "A.java.tmp",
                "A.java___jb_tmp___",
                "A.java.orig",
                ".A.java.kate-swp"
            })
    void whatEditorsLeaveForAMomentIsNoSource(String name) {
        assertThat(by("ui-gateway/src/main/java/" + name)).isEqualTo(Affected.NOTHING);
    }

    @Test
    void theOrchestratorHostsTheJournalAndIsReloadedForIt() {
        assertThat(by("journal/src/main/java/A.java").services())
                .containsExactly("orchestrator-service");
    }

    @Test
    void aJournalOfItsOwnIsReloadedForItselfAndForASchema() {
        assertThat(apart("journal/src/main/java/A.java").services()).containsExactly("journal");
        assertThat(apart("schemas/src/main/proto/a.proto").services())
                .containsExactly(
                        "analysis-service", "ui-gateway", "journal", "orchestrator-service");
    }

    @Test
    void whatIsPendingIsJoinedByWhatChangesLaterInTheOrderOfReloads() {
        Affected pending = by("orchestrator-service/src/main/java/A.java");

        assertThat(pending.and(by("analysis-service/src/main/java/B.java")).services())
                .containsExactly("analysis-service", "orchestrator-service");
    }

    @Test
    void whatHasBeenReloadedIsPendingNoMore() {
        Affected pending = by("schemas/src/main/proto/a.proto");

        assertThat(pending.without("ui-gateway").without("analysis-service").services())
                .containsExactly("orchestrator-service");
    }

    private static Affected by(String... paths) {
        return Affected.by(Stream.of(paths).map(Path::of).toList(), JournalPlace.HOSTED);
    }

    private static Affected apart(String... paths) {
        return Affected.by(Stream.of(paths).map(Path::of).toList(), JournalPlace.OWN);
    }
}
