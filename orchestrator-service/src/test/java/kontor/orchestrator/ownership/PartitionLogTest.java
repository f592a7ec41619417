package kontor.orchestrator.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import kontor.orchestrator.ownership.PartitionLog.Kind;
import kontor.orchestrator.ownership.PartitionLog.Standing;
import kontor.orchestrator.sequencer.AdapterEvent;
import kontor.orchestrator.sequencer.Input;
import kontor.orchestrator.sequencer.InputPosition;
import kontor.orchestrator.sequencer.LabState;
import kontor.orchestrator.sequencer.Sequencer;
import kontor.orchestrator.sequencer.SessionEvent;
import kontor.orchestrator.sequencer.Stamp;
import kontor.orchestrator.sequencer.StandInAdapter;
import org.junit.jupiter.api.Test;

final class PartitionLogTest {

    private final Sequencer sequencer = new Sequencer(Duration.ofSeconds(60));
    private final StandInAdapter game1 = new StandInAdapter(1, 1, 2);
    private final StandInAdapter game2 = new StandInAdapter(2, 1, 2);
    private final PartitionLog log = new PartitionLog();

    @Test
    void higherClaimTakesOver() {
        assertThat(claim("one", 1)).isEqualTo(Kind.APPLIED);
        assertThat(claim("two", 2)).isEqualTo(Kind.APPLIED);
        assertThat(log.isOwnedBy("two")).isTrue();
        assertThat(log.epoch()).isEqualTo(2);
    }

    @Test
    void ofTwoClaimsWithOneEpochTheFirstCounts() {
        claim("one", 1);
        assertThat(claim("two", 1)).isEqualTo(Kind.VOID);
        assertThat(log.isOwnedBy("one")).isTrue();
    }

    @Test
    void releasedPartitionWaitsForWhomItWasReleasedTo() {
        claim("one", 1);
        assertThat(log.standing("one")).isEqualTo(Standing.MINE);
        assertThat(log.standing("two")).isEqualTo(Standing.OTHERS);
        assertThat(release("one", 1, "two")).isEqualTo(Kind.APPLIED);
        assertThat(log.isReleased()).isTrue();
        assertThat(log.standing("one")).isEqualTo(Standing.RELEASED_TO_ANOTHER);
        assertThat(log.standing("two")).isEqualTo(Standing.RELEASED_TO_ME);
        claim("two", 2);
        assertThat(log.isReleased()).isFalse();
        assertThat(log.standing("one")).isEqualTo(Standing.OTHERS);
    }

    @Test
    void partitionReleasedToNobodyIsAnybodys() {
        claim("one", 1);
        release("one", 1, "");
        assertThat(log.standing("one")).isEqualTo(Standing.RELEASED_TO_ME);
        assertThat(log.standing("two")).isEqualTo(Standing.RELEASED_TO_ME);
    }

    @Test
    void releaseByAZombieIsVoid() {
        claim("one", 1);
        claim("two", 2);
        assertThat(release("one", 1, "")).isEqualTo(Kind.VOID);
        assertThat(log.standing("two")).isEqualTo(Standing.MINE);
    }

    @Test
    void recordOfAnOlderEpochBehindAClaimIsVoid() {
        claim("one", 1);
        List<SessionEvent> zombies = decide(game1.starts(), 0, 1);
        claim("two", 2);

        assertThat(fold(zombies.getFirst())).isEqualTo(Kind.VOID);
        assertThat(log.nextOffset("kontor.packets")).isZero();
        assertThat(fold(decide(game2.starts(), 0, 2).getFirst())).isEqualTo(Kind.APPLIED);
        assertThat(log.lab(StandInAdapter.LAB).targets())
                .containsExactly(new LabState.Target(game2.instance(), game2.run()));
    }

    @Test
    void ownerWhoseClaimWasNotReadIsUnknown() {
        claim("one", 1);
        assertThat(fold(decide(game1.starts(), 0, 3).getFirst())).isEqualTo(Kind.APPLIED);
        assertThat(log.epoch()).isEqualTo(3);
        assertThat(log.isOwnedBy("one")).isFalse();
        assertThat(log.standing("one")).isEqualTo(Standing.OTHERS);
    }

    @Test
    void recordThatWasHadChangesNothing() {
        SessionEvent event = decide(game1.starts(), 0, 1).getFirst();
        assertThat(fold(event)).isEqualTo(Kind.APPLIED);
        assertThat(fold(event)).isEqualTo(Kind.REPEATED);
    }

    @Test
    void inputIsUsedUpByItsAdapterEventOnly() {
        fold(decide(game1.starts(), 0, 1).getFirst());
        List<SessionEvent> events = decide(game1.sends(game1.own(1), game1.peer(2, 1), "x"), 7, 1);
        fold(events.getFirst());
        assertThat(log.nextOffset("kontor.packets")).isEqualTo(7);
        fold(events.getLast());
        assertThat(log.nextOffset("kontor.packets")).isEqualTo(8);
    }

    @Test
    void logWhoseBeginningIsGoneIsTakenAsFarAsItGoes() {
        SessionEvent start = decide(game1.starts(), 0, 3).getFirst();
        PartitionLog complete = new PartitionLog();
        complete.fold(new LogRecord.Entry(start));
        AdapterEvent said = game1.sends(game1.own(1), game1.peer(2, 1), "x");
        SessionEvent late =
                sequencer
                        .decide(
                                said.lab(),
                                complete.lab(said.lab()),
                                new Input.Captured(said, position(5)),
                                new Stamp(3, 1))
                        .events()
                        .getLast();

        assertThat(fold(late)).isEqualTo(Kind.APPLIED_AFTER_GAP);
        assertThat(log.epoch()).isEqualTo(3);
        assertThat(log.nextOffset("kontor.packets")).isEqualTo(6);
    }

    private Kind claim(String owner, long epoch) {
        return log.fold(new LogRecord.Claim(owner, epoch, 1)).kind();
    }

    private Kind release(String owner, long epoch, String successor) {
        return log.fold(new LogRecord.Release(owner, epoch, successor)).kind();
    }

    private Kind fold(SessionEvent event) {
        return log.fold(new LogRecord.Entry(event)).kind();
    }

    private List<SessionEvent> decide(AdapterEvent event, long offset, long epoch) {
        return sequencer
                .decide(
                        event.lab(),
                        log.lab(event.lab()),
                        new Input.Captured(event, position(offset)),
                        new Stamp(epoch, 1))
                .events();
    }

    private static InputPosition position(long offset) {
        return new InputPosition("kontor.packets", 0, offset);
    }
}
