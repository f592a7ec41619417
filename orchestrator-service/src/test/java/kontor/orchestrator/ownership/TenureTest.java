package kontor.orchestrator.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import kontor.orchestrator.ownership.PartitionLog.Standing;
import kontor.orchestrator.ownership.Tenure.Input;
import kontor.orchestrator.ownership.Tenure.State;
import org.junit.jupiter.api.Test;

final class TenureTest {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private Tenure tenure = new Tenure(false, Duration.ofSeconds(3));

    @Test
    void whoStartsTakesOver() {
        assertThat(tenure.on(caughtUp(Standing.OTHERS))).isEqualTo(State.CLAIMING);
        assertThat(tenure.on(claimRead(true))).isEqualTo(State.OWNING);
    }

    @Test
    void ofTwoThatStartAtOnceTheOneWhoseClaimDoesNotCountWaits() {
        tenure.on(caughtUp(Standing.OTHERS));
        assertThat(tenure.on(claimRead(false))).isEqualTo(State.STANDBY);
    }

    @Test
    void whoWasDisplacedFoldsAnewAndWaits() {
        own();
        assertThat(tenure.on(new Input.Displaced())).isEqualTo(State.RECOVERING);
        assertThat(tenure.on(caughtUp(Standing.OTHERS))).isEqualTo(State.STANDBY);
    }

    @Test
    void whoWasDisplacedWhileHandingOverFoldsAnewAndWaits() {
        own();
        tenure.on(new Input.HandOverWanted("successor"));
        assertThat(tenure.on(new Input.Displaced())).isEqualTo(State.RECOVERING);
        assertThat(tenure.on(caughtUp(Standing.OTHERS))).isEqualTo(State.STANDBY);
    }

    @Test
    void ownerWhomTheBrokerFailedGoesOnIfNobodyElseHasClaimed() {
        own();
        tenure.on(new Input.Failed());
        assertThat(tenure.on(caughtUp(Standing.MINE))).isEqualTo(State.CLAIMING);
    }

    @Test
    void ownerWhomTheBrokerFailedWaitsIfAnotherHasClaimed() {
        own();
        tenure.on(new Input.Failed());
        assertThat(tenure.on(caughtUp(Standing.OTHERS))).isEqualTo(State.STANDBY);
    }

    @Test
    void whoFailedBeforeItEverOwnedIsStillToTakeOver() {
        tenure.on(new Input.Failed());
        assertThat(tenure.on(caughtUp(Standing.OTHERS))).isEqualTo(State.CLAIMING);
    }

    @Test
    void ownerHandsOverAndThenStandsBy() {
        own();
        assertThat(tenure.on(new Input.HandOverWanted("successor"))).isEqualTo(State.RELEASING);
        assertThat(tenure.successor()).isEqualTo("successor");
        assertThat(tenure.on(new Input.Released())).isEqualTo(State.RECOVERING);
        assertThat(tenure.on(caughtUp(Standing.RELEASED_TO_ANOTHER))).isEqualTo(State.STANDBY);
    }

    @Test
    void standbyClaimsAtOnceWhenTheOwnersProcessHasEnded() {
        tenure = new Tenure(true, Duration.ofSeconds(3));
        tenure.on(caughtUp(Standing.OTHERS));

        assertThat(tenure.on(new Input.OwnerEnded())).isEqualTo(State.CLAIMING);
        assertThat(tenure.on(claimRead(true))).isEqualTo(State.OWNING);
    }

    @Test
    void thatAProcessHasEndedConcernsNobodyWhoDoesNotStandBy() {
        own();

        assertThat(tenure.on(new Input.OwnerEnded())).isEqualTo(State.OWNING);
    }

    @Test
    void ownerThatIsToStopReleasesFirst() {
        own();
        assertThat(tenure.on(new Input.StopWanted())).isEqualTo(State.RELEASING);
        assertThat(tenure.successor()).isEmpty();
        assertThat(tenure.on(new Input.Released())).isEqualTo(State.STOPPED);
    }

    @Test
    void ownerThatIsToStopAndCannotReleaseStops() {
        own();
        tenure.on(new Input.StopWanted());
        assertThat(tenure.on(new Input.Failed())).isEqualTo(State.STOPPED);
    }

    @Test
    void whoDoesNotOwnStopsAtOnce() {
        standBy();
        assertThat(tenure.on(new Input.StopWanted())).isEqualTo(State.STOPPED);
        tenure = new Tenure(false, Duration.ofSeconds(3));
        tenure.on(caughtUp(Standing.OTHERS));
        assertThat(tenure.on(new Input.StopWanted())).isEqualTo(State.STOPPED);
        assertThat(tenure.on(claimRead(true))).isEqualTo(State.STOPPED);
    }

    @Test
    void standbyClaimsWhenThePartitionIsReleasedToIt() {
        standBy();
        assertThat(tenure.on(new Input.Followed(Standing.OTHERS, true, 1)))
                .isEqualTo(State.STANDBY);
        assertThat(tenure.on(new Input.Followed(Standing.RELEASED_TO_ANOTHER, true, 2)))
                .isEqualTo(State.STANDBY);
        assertThat(tenure.on(new Input.Followed(Standing.RELEASED_TO_ME, true, 3)))
                .isEqualTo(State.CLAIMING);
    }

    @Test
    void standbyClaimsWhenTheOwnerIsSilentThoughTheBrokerAnswers() {
        standBy();
        assertThat(ownWordAt(1)).isEqualTo(State.STANDBY);
        tenure.on(new Input.OwnerHeard(SECOND + 1));
        assertThat(ownWordAt(2)).isEqualTo(State.STANDBY);
        assertThat(ownWordAt(3)).isEqualTo(State.STANDBY);
        assertThat(ownWordAt(4)).isEqualTo(State.STANDBY);
        assertThat(ownWordAt(5)).isEqualTo(State.CLAIMING);
    }

    @Test
    void whatTheOwnerWritesIsASignOfLifeToo() {
        standBy();
        tenure.on(new Input.Followed(Standing.OTHERS, true, 3 * SECOND));
        assertThat(ownWordAt(4)).isEqualTo(State.STANDBY);
        tenure.on(new Input.Followed(Standing.OTHERS, false, 5 * SECOND));
        assertThat(ownWordAt(6)).isEqualTo(State.CLAIMING);
    }

    @Test
    void whileTheBrokerIsAwayNobodyIsSilent() {
        standBy();
        assertThat(tenure.on(new Input.OwnWordHeard(SECOND, 60 * SECOND))).isEqualTo(State.STANDBY);
        assertThat(ownWordAt(61)).isEqualTo(State.STANDBY);
        assertThat(ownWordAt(63)).isEqualTo(State.CLAIMING);
    }

    @Test
    void whatDoesNotBelongToTheStateChangesNothing() {
        own();
        assertThat(tenure.on(new Input.OwnWordHeard(99 * SECOND, 99 * SECOND)))
                .isEqualTo(State.OWNING);
        assertThat(tenure.on(new Input.Released())).isEqualTo(State.OWNING);
        assertThat(tenure.on(caughtUp(Standing.OTHERS))).isEqualTo(State.OWNING);
        assertThat(tenure.on(new Input.Followed(Standing.RELEASED_TO_ME, true, 1)))
                .isEqualTo(State.OWNING);
        standBy();
        assertThat(tenure.on(new Input.HandOverWanted("x"))).isEqualTo(State.STANDBY);
        assertThat(tenure.on(claimRead(true))).isEqualTo(State.STANDBY);
    }

    private void own() {
        tenure.on(caughtUp(Standing.OTHERS));
        tenure.on(claimRead(true));
    }

    private void standBy() {
        tenure = new Tenure(true, Duration.ofSeconds(3));
        assertThat(tenure.on(caughtUp(Standing.OTHERS))).isEqualTo(State.STANDBY);
    }

    private State ownWordAt(long seconds) {
        return tenure.on(new Input.OwnWordHeard(seconds * SECOND, seconds * SECOND + 1_000));
    }

    private static Input caughtUp(Standing standing) {
        return new Input.CaughtUp(standing, 0);
    }

    private static Input claimRead(boolean counts) {
        return new Input.ClaimRead(counts, 0);
    }
}
