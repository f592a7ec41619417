package kontor.orchestrator.partitions;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import kontor.commands.v1.AdapterCommand;
import kontor.control.v1.ContinuityReport;
import kontor.control.v1.ControlEvent;
import kontor.control.v1.PhaseTiming;
import kontor.control.v1.ReloadPhase;
import kontor.control.v1.ReloadStatus;
import kontor.control.v1.RequestReload;
import kontor.orchestrator.driving.OwnerStatus.State;
import kontor.packets.v1.GameFrozen;
import kontor.packets.v1.GameThawed;
import kontor.sessions.v1.SessionEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A reload of the orchestrator on a real broker; the test is launcher, adapters and gateway. */
final class ReloadIT {

    private static final Duration NEVER = Duration.ofDays(1);
    private static final String RELOAD = UUID.randomUUID().toString();
    private static final UUID BEFORE = UUID.nameUUIDFromBytes("before".getBytes(UTF_8));
    private static final UUID AFTER = UUID.nameUUIDFromBytes("after".getBytes(UTF_8));

    private final KafkaLab lab = new KafkaLab();
    @RegisterExtension private final StartedOwners owners = new StartedOwners(lab);

    @Test
    void orchestratorIsReloadedInTheMiddleOfAFrozenGameAndNothingIsLost()
            throws InterruptedException {
        lab.publish(lab.starts(1));
        lab.publish(lab.starts(2));
        PartitionOwner before = owners.start(lab.settings(NEVER), BEFORE);
        lab.publish(lab.sends(1, "before"));
        lab.carriedOut(2, 1);

        request(true);
        awaitFreezing(1, true);
        awaitFreezing(2, true);
        lab.publish(lab.sends(1, "on the way"));
        for (int game = 1; game <= 2; game++) {
            GameFrozen frozen = GameFrozen.newBuilder().setFreezeId(RELOAD).build();
            lab.publish(lab.event(game).setGameFrozen(frozen).build());
        }
        awaitPhase(ReloadPhase.RELOAD_PHASE_RESTARTING);
        PartitionOwner after = owners.start(lab.standby(NEVER), AFTER);
        awaitPhase(ReloadPhase.RELOAD_PHASE_VERIFYING);
        KafkaLab.await(before, State.STANDBY);
        KafkaLab.await(after, State.OWNING);
        report();
        awaitFreezing(1, false);
        awaitFreezing(2, false);
        for (int game = 1; game <= 2; game++) {
            GameThawed thawed = GameThawed.newBuilder().setFreezeId(RELOAD).build();
            lab.publish(lab.event(game).setGameThawed(thawed).build());
        }
        ReloadStatus completed = awaitPhase(ReloadPhase.RELOAD_PHASE_COMPLETED);
        lab.publish(lab.sends(1, "after"));

        assertThat(lab.carriedOut(2, 3)).containsExactly("before", "on the way", "after");
        List<SessionEvent> truth = lab.truth(10);
        assertThat(truth.stream().filter(event -> !event.getSessionId().isEmpty()))
                .extracting(SessionEvent::getSessionSequence)
                .isEqualTo(LongStream.rangeClosed(1, 8).boxed().toList());
        assertThat(completed.getProcessBefore()).isEqualTo(BEFORE.toString());
        assertThat(completed.getProcessAfter()).isEqualTo(AFTER.toString());
        assertThat(completed.getOwnerEpoch()).isEqualTo(2);
        assertThat(completed.getDetail()).isEqualTo("continuity clean: all there");
        assertThat(completed.getTimingsList())
                .extracting(PhaseTiming::getPhase)
                .containsExactly(
                        ReloadPhase.RELOAD_PHASE_ANNOUNCED,
                        ReloadPhase.RELOAD_PHASE_FREEZING,
                        ReloadPhase.RELOAD_PHASE_RESTARTING,
                        ReloadPhase.RELOAD_PHASE_HANDING_OVER,
                        ReloadPhase.RELOAD_PHASE_VERIFYING,
                        ReloadPhase.RELOAD_PHASE_THAWING);
    }

    @Test
    void reloadGoesOnWithTheNextOwnerWhenItsCoordinatorIsKilled() throws InterruptedException {
        lab.publish(lab.starts(1));
        PartitionOwner before = owners.start(lab.settings(NEVER), BEFORE);
        KafkaLab.await(before, State.OWNING);
        request(false);
        awaitPhase(ReloadPhase.RELOAD_PHASE_RESTARTING);
        before.kill();
        assertThat(before.awaitEnd(KafkaLab.PATIENCE)).isTrue();
        owners.start(lab.settings(NEVER), AFTER);
        awaitPhase(ReloadPhase.RELOAD_PHASE_VERIFYING);
        report();

        ReloadStatus completed = awaitPhase(ReloadPhase.RELOAD_PHASE_COMPLETED);
        assertThat(completed.getProcessAfter()).isEqualTo(AFTER.toString());
    }

    private void request(boolean freeze) throws InterruptedException {
        lab.publishAndWait(
                ControlEvent.newBuilder()
                        .setLab(KafkaLab.LAB)
                        .setRequestReload(
                                RequestReload.newBuilder()
                                        .setReloadId(RELOAD)
                                        .setService("orchestrator-service")
                                        .setFreeze(freeze))
                        .build());
    }

    private void report() throws InterruptedException {
        lab.publishAndWait(
                ControlEvent.newBuilder()
                        .setLab(KafkaLab.LAB)
                        .setContinuityReport(
                                ContinuityReport.newBuilder()
                                        .setReloadId(RELOAD)
                                        .setClean(true)
                                        .setSummary("all there"))
                        .build());
    }

    private ReloadStatus awaitPhase(ReloadPhase phase) {
        return lab.controlEvents(said -> !phases(said, phase).isEmpty()).stream()
                .map(ControlEvent::getReloadStatus)
                .filter(status -> status.getPhase() == phase)
                .findFirst()
                .orElseThrow();
    }

    private static List<ReloadStatus> phases(List<ControlEvent> said, ReloadPhase phase) {
        return said.stream()
                .map(ControlEvent::getReloadStatus)
                .filter(status -> status.getPhase() == phase)
                .toList();
    }

    private void awaitFreezing(int game, boolean freezing) {
        List<AdapterCommand> commands =
                lab.commands(game, read -> read.stream().anyMatch(c -> isFreeze(c, freezing)));
        assertThat(commands)
                .filteredOn(command -> isFreeze(command, freezing))
                .allSatisfy(command -> assertThat(command.getCommandSequence()).isZero());
    }

    private static boolean isFreeze(AdapterCommand command, boolean freezing) {
        return command.getActionsList().stream()
                .anyMatch(action -> freezing ? action.hasFreezeGame() : action.hasThawGame());
    }
}
