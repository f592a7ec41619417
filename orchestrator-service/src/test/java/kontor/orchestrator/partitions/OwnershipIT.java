package kontor.orchestrator.partitions;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import kontor.commands.v1.AdapterCommand;
import kontor.control.v1.ControlEvent;
import kontor.control.v1.ReloadPhase;
import kontor.control.v1.ReloadStatus;
import kontor.control.v1.ServiceState;
import kontor.orchestrator.driving.OwnerStatus.State;
import kontor.orchestrator.metrics.SequencerMetric;
import kontor.orchestrator.metrics.SequencerMetrics;
import kontor.orchestrator.settings.OrchestratorSettings;
import kontor.sessions.v1.SessionEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Several orchestrators and one partition, on a real broker. */
final class OwnershipIT {

    private static final Duration NEVER = Duration.ofDays(1);

    private final KafkaLab lab = new KafkaLab();
    @RegisterExtension private final StartedOwners owners = new StartedOwners(lab);

    @Test
    void ofTwoStartedAtOnceOneWorksAndTheOtherWaits() {
        PartitionOwner one = start(lab.settings(NEVER), "one");
        PartitionOwner two = start(lab.settings(NEVER), "two");
        lab.publish(lab.starts(1));
        lab.publish(lab.starts(2));
        KafkaLab.await(() -> {
            State first = one.status().state();
            State second = two.status().state();
            return (first == State.OWNING && second == State.STANDBY)
                    || (first == State.STANDBY && second == State.OWNING);
        });
        lab.publish(lab.sends(1, "hello"));

        assertThat(lab.carriedOut(2, 1)).containsExactly("hello");
        assertThat(lab.truth(4)).hasSize(4);
    }

    @Test
    void whoOnlyPreparesFoldsTheLogAndLeavesItsOwnerAlone() {
        lab.publish(lab.starts(1));
        lab.publish(lab.starts(2));
        PartitionOwner owner = start(lab.settings(NEVER), "owner");
        lab.publish(lab.sends(1, "one"));
        lab.carriedOut(2, 1);
        SequencerMetrics own = new SequencerMetrics(new SimpleMeterRegistry());
        PartitionOwner next = lab.owner(lab.settings(NEVER), own, id("next"));
        owners.add(next);
        next.prepare();
        KafkaLab.await(() -> own.value(SequencerMetric.LOG_FOLDED) >= 4);
        lab.publish(lab.sends(1, "two"));
        KafkaLab.await(() -> own.value(SequencerMetric.LOG_FOLDED) >= 5);

        assertThat(next.status().state()).isEqualTo(State.RECOVERING);
        assertThat(owner.status().state()).isEqualTo(State.OWNING);

        next.start();
        KafkaLab.await(next, State.OWNING);
        KafkaLab.await(owner, State.STANDBY);
        lab.publish(lab.sends(1, "three"));

        assertThat(lab.carriedOut(2, 3)).containsExactly("one", "two", "three");
    }

    @Test
    void whoIsStoppedBeforeItStartsEnds() throws InterruptedException {
        PartitionOwner next = lab.owner(lab.settings(NEVER), owners.metrics, id("next"));
        next.prepare();
        next.stop();

        assertThat(next.awaitEnd(KafkaLab.PATIENCE)).isTrue();
        assertThat(next.status().state()).isEqualTo(State.STOPPED);
    }

    @Test
    void standbyTakesOverAtOnceWhatAnOwnerReleases() throws InterruptedException {
        lab.publish(lab.starts(1));
        lab.publish(lab.starts(2));
        PartitionOwner owner = start(lab.settings(NEVER), "owner");
        lab.publish(lab.sends(1, "one"));
        lab.carriedOut(2, 1);
        PartitionOwner standby = start(lab.standby(NEVER), "standby");
        KafkaLab.await(standby, State.STANDBY);
        owner.stop();
        assertThat(owner.awaitEnd(KafkaLab.PATIENCE)).isTrue();
        KafkaLab.await(standby, State.OWNING);
        lab.publish(lab.sends(1, "two"));

        assertThat(lab.carriedOut(2, 2)).containsExactly("one", "two");
        assertThat(lab.sessionEvents(all -> all.stream().anyMatch(SessionEvent::hasOwnerRelease)))
                .filteredOn(SessionEvent::hasOwnerRelease)
                .singleElement()
                .satisfies(e -> assertThat(e.getOwnerRelease().getSuccessorId()).isEmpty());
        assertThat(
                        statesOf(
                                "owner",
                                lab.controlEvents(said -> statesOf("standby", said).size() >= 2)))
                .endsWith(ServiceState.SERVICE_STATE_STOPPING);
    }

    @Test
    void standbyTakesOverFromAnOwnerThatDied() throws InterruptedException {
        lab.publish(lab.starts(1));
        lab.publish(lab.starts(2));
        lab.publish(lab.sends(1, "one"));
        PartitionOwner owner = start(lab.standby(Duration.ofSeconds(3)), "owner");
        KafkaLab.await(owner, State.OWNING);
        PartitionOwner standby = start(lab.standby(Duration.ofSeconds(3)), "standby");
        KafkaLab.await(standby, State.STANDBY);
        lab.carriedOut(2, 1);
        owner.kill();
        assertThat(owner.awaitEnd(KafkaLab.PATIENCE)).isTrue();
        lab.publish(lab.sends(1, "two"));

        assertThat(lab.carriedOut(2, 2)).containsExactly("one", "two");
        assertThat(standby.status().state()).isEqualTo(State.OWNING);
    }

    @Test
    void standbyDoesNotWaitForSilenceOnceTheOwnersProcessIsSaidToHaveEnded()
            throws InterruptedException {
        lab.publish(lab.starts(1));
        lab.publish(lab.starts(2));
        lab.publish(lab.sends(1, "one"));
        PartitionOwner owner = start(lab.settings(NEVER), "owner");
        KafkaLab.await(owner, State.OWNING);
        PartitionOwner standby = start(lab.standby(NEVER), "standby");
        KafkaLab.await(standby, State.STANDBY);
        lab.carriedOut(2, 1);
        owner.kill();
        assertThat(owner.awaitEnd(KafkaLab.PATIENCE)).isTrue();
        lab.ended(id("owner"));
        lab.publish(lab.sends(1, "two"));

        assertThat(lab.carriedOut(2, 2)).containsExactly("one", "two");
        assertThat(standby.status().state()).isEqualTo(State.OWNING);
    }

    @Test
    void anOwnerThatIsWronglySaidToHaveEndedIsFencedAndNothingIsLostOrDoubled() {
        lab.publish(lab.starts(1));
        lab.publish(lab.starts(2));
        lab.publish(lab.sends(1, "one"));
        PartitionOwner owner = start(lab.settings(NEVER), "owner");
        KafkaLab.await(owner, State.OWNING);
        PartitionOwner standby = start(lab.standby(NEVER), "standby");
        KafkaLab.await(standby, State.STANDBY);
        lab.ended(id("owner"));
        lab.publish(lab.sends(1, "two"));
        KafkaLab.await(standby, State.OWNING);
        KafkaLab.await(owner, State.STANDBY);
        lab.publish(lab.sends(1, "three"));

        assertThat(lab.carriedOut(2, 3)).containsExactly("one", "two", "three");
        assertThat(lab.truth(6)).hasSize(6);
    }

    @Test
    void ownerHandsOverToTheProcessThatTheReloadNamesAndBack() throws InterruptedException {
        lab.publish(lab.starts(1));
        lab.publish(lab.starts(2));
        PartitionOwner before = start(lab.settings(NEVER), "before");
        KafkaLab.await(before, State.OWNING);
        PartitionOwner after = start(lab.standby(NEVER), "after");
        PartitionOwner other = start(lab.standby(NEVER), "other");
        KafkaLab.await(after, State.STANDBY);
        KafkaLab.await(other, State.STANDBY);

        lab.publish(lab.sends(1, "one"));
        handOver(1, "before", "after");
        lab.publish(lab.sends(1, "two"));
        KafkaLab.await(after, State.OWNING);
        KafkaLab.await(before, State.STANDBY);
        handOver(2, "after", "before");
        lab.publish(lab.sends(1, "three"));
        KafkaLab.await(before, State.OWNING);
        KafkaLab.await(after, State.STANDBY);

        assertThat(other.status().state()).isEqualTo(State.STANDBY);
        assertThat(lab.carriedOut(2, 3)).containsExactly("one", "two", "three");
        assertThat(lab.truth(6)).hasSize(6);
    }

    @Test
    void whatAZombieAddsWhenItWakesUpIsAcceptedByNobody() throws InterruptedException {
        lab.publish(lab.starts(1));
        lab.publish(lab.starts(2));
        lab.publish(lab.sends(1, "one"));
        GatedClients gated = new GatedClients(lab.servers());
        PartitionOwner zombie =
                owners.start(lab.owner(lab.settings(NEVER), owners.metrics, id("zombie"), gated));
        lab.carriedOut(2, 1);
        gated.close();
        lab.publish(lab.sends(1, "two"));
        gated.awaitSomebody();
        PartitionOwner successor = start(lab.settings(NEVER), "successor");
        lab.carriedOut(2, 2);
        gated.open();
        KafkaLab.await(zombie, State.STANDBY);
        lab.publish(lab.sends(1, "three"));

        assertThat(lab.carriedOut(2, 3)).containsExactly("one", "two", "three");
        assertThat(lab.truth(6)).hasSize(6);
        assertThat(lab.commands(2, read -> zombies(read) > 0)).isNotEmpty();
        assertThat(successor.status().state()).isEqualTo(State.OWNING);
    }

    /** Commands of an older epoch behind one of a newer. */
    private static long zombies(List<AdapterCommand> commands) {
        long highest = 0;
        long zombies = 0;
        for (AdapterCommand command : commands) {
            highest = Math.max(highest, command.getOwnerEpoch());
            zombies += command.getOwnerEpoch() < highest ? 1 : 0;
        }
        return zombies;
    }

    @Test
    void handOverThatWasMeantForAnEarlierOwnerIsNotHeard() throws InterruptedException {
        handOver(7, "owner", "nobody");
        lab.publish(lab.starts(1));
        lab.publish(lab.starts(2));
        lab.publish(lab.sends(1, "one"));
        PartitionOwner owner = start(lab.settings(NEVER), "owner");
        assertThat(lab.carriedOut(2, 1)).containsExactly("one");
        assertThat(lab.controlEvents(said -> statesOf("owner", said).size() >= 2)).isNotEmpty();
        assertThat(owner.status().state()).isEqualTo(State.OWNING);
    }

    private static UUID id(String process) {
        return UUID.nameUUIDFromBytes(process.getBytes(UTF_8));
    }

    /** As the owner itself writes it. A reload of another lab: one lab has but one at a time. */
    private void handOver(long epoch, String before, String after) throws InterruptedException {
        lab.publishAndWait(
                ControlEvent.newBuilder()
                        .setLab(KafkaLab.LAB + "-" + epoch)
                        .setReloadStatus(
                                ReloadStatus.newBuilder()
                                        .setReloadId(UUID.randomUUID().toString())
                                        .setService("orchestrator-service")
                                        .setPhase(ReloadPhase.RELOAD_PHASE_HANDING_OVER)
                                        .setDeadlineMicros(Long.MAX_VALUE)
                                        .setProcessBefore(id(before).toString())
                                        .setProcessAfter(id(after).toString())
                                        .setOwnerEpoch(epoch))
                        .build());
    }

    private static List<ServiceState> statesOf(String process, List<ControlEvent> said) {
        return said.stream()
                .filter(ControlEvent::hasServiceStatus)
                .map(ControlEvent::getServiceStatus)
                .filter(status -> status.getProcessId().equals(id(process).toString()))
                .map(kontor.control.v1.ServiceStatus::getState)
                .toList();
    }

    private PartitionOwner start(OrchestratorSettings settings, String process) {
        return owners.start(settings, id(process));
    }
}
