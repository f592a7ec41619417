package kontor.simulation;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import kontor.simulation.invariant.AllStandStill;
import kontor.simulation.invariant.AppliedOnce;
import kontor.simulation.invariant.CheckpointsHold;
import kontor.simulation.invariant.EquationHolds;
import kontor.simulation.invariant.FencedOut;
import kontor.simulation.invariant.GamesGoOn;
import kontor.simulation.invariant.ImpairedAsTheSeedSays;
import kontor.simulation.invariant.InjectedBetweenMessages;
import kontor.simulation.invariant.Invariant;
import kontor.simulation.invariant.JournalIsTheLog;
import kontor.simulation.invariant.NothingLost;
import kontor.simulation.invariant.NothingReordered;
import kontor.simulation.invariant.OneOrder;
import kontor.simulation.invariant.ReceiptsComplete;
import kontor.simulation.invariant.ReleaseIsLast;
import kontor.simulation.invariant.ReloadsEnd;
import kontor.simulation.invariant.Settles;
import kontor.simulation.invariant.WindowHeld;
import kontor.simulation.world.Sabotage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A fault of the program that nobody notices is a hole in the invariants: here they are planted.
 */
final class MutationTest {

    private static final int PATIENCE = 3_000;

    /** By which invariant each planted fault is noticed, beside others. */
    private static final Map<Sabotage, Class<? extends Invariant>> NOTICED_BY =
            Map.ofEntries(
                    Map.entry(Sabotage.COMMANDS_NOT_TOLD_APART, NothingReordered.class),
                    Map.entry(Sabotage.COMMANDS_LOST_UNNOTICED, AppliedOnce.class),
                    Map.entry(Sabotage.SPOOL_FORGETS_AT_SENDING, NothingLost.class),
                    Map.entry(Sabotage.SPOOL_LOSES_ITS_LAST, NothingLost.class),
                    Map.entry(Sabotage.SPOOL_KEEPS_TORN_TAIL, NothingLost.class),
                    Map.entry(Sabotage.SPOOL_OF_EARLIER_RUNS_LEFT, NothingLost.class),
                    Map.entry(Sabotage.START_BEFORE_EARLIER_RUNS, NothingLost.class),
                    Map.entry(Sabotage.EVENTS_NOT_TOLD_APART, NothingLost.class),
                    Map.entry(Sabotage.DELIVERIES_NOT_WRITTEN_DOWN, EquationHolds.class),
                    Map.entry(Sabotage.CLAIMS_NOT_HEEDED, OneOrder.class),
                    Map.entry(Sabotage.CLAIM_NOT_READ, OneOrder.class),
                    Map.entry(Sabotage.COMMANDS_GIVEN_AGAIN_TOO_FEW, Settles.class),
                    Map.entry(Sabotage.FENCE_NOT_SENT, FencedOut.class),
                    Map.entry(Sabotage.FENCES_OF_EARLIER_RUNS_IGNORED, FencedOut.class),
                    Map.entry(Sabotage.INPUT_FROM_ITS_END, NothingLost.class),
                    Map.entry(Sabotage.SENDING_GOES_ON_AFTER_FAILURE, OneOrder.class),
                    Map.entry(Sabotage.SETTLED_TOO_EARLY, AppliedOnce.class),
                    Map.entry(Sabotage.RELEASE_NOT_LAST, Settles.class),
                    Map.entry(Sabotage.OWNER_GOES_ON_AFTER_RELEASE, ReleaseIsLast.class),
                    Map.entry(Sabotage.CHECKPOINT_NOT_ACKNOWLEDGED, Settles.class),
                    Map.entry(Sabotage.CHECKPOINT_BEHIND_CLAIM, CheckpointsHold.class),
                    Map.entry(Sabotage.CHECKPOINT_NOT_CONFIRMED, OneOrder.class),
                    Map.entry(Sabotage.RELOADS_FROM_NOW_ON, ReloadsEnd.class),
                    Map.entry(Sabotage.FAILED_FREEZE_TAKEN_FOR_ONE, AllStandStill.class),
                    Map.entry(Sabotage.FREEZE_NOT_MARKED, GamesGoOn.class),
                    Map.entry(Sabotage.TIME_LIMIT_FORGOTTEN, GamesGoOn.class),
                    Map.entry(Sabotage.GAME_LEFT_AT_STOP, GamesGoOn.class),
                    Map.entry(Sabotage.WINDOW_EXTENSION_LOST, NothingReordered.class),
                    Map.entry(Sabotage.WINDOW_NOT_HELD, WindowHeld.class),
                    Map.entry(Sabotage.POSITION_NOT_HELD, JournalIsTheLog.class),
                    Map.entry(Sabotage.POSITION_BEFORE_ROWS, JournalIsTheLog.class),
                    Map.entry(Sabotage.RECEIPTS_FORGOTTEN, ReceiptsComplete.class),
                    Map.entry(Sabotage.INJECTED_INTO_MESSAGES, InjectedBetweenMessages.class),
                    Map.entry(
                            Sabotage.INJECTED_AGAIN_AFTER_TAKEOVER, InjectedBetweenMessages.class),
                    Map.entry(Sabotage.CAPTURE_TIME_FORGOTTEN, ImpairedAsTheSeedSays.class));

    static Stream<Sabotage> planted() {
        return Arrays.stream(Sabotage.values()).filter(sabotage -> sabotage != Sabotage.NONE);
    }

    @ParameterizedTest
    @MethodSource("planted")
    void someSeedNoticesIt(Sabotage sabotage) {
        String invariant = requireNonNull(NOTICED_BY.get(sabotage)).getSimpleName();
        for (int seed = 0; seed < PATIENCE; seed++) {
            if (new Cluster(seed, sabotage, faults(sabotage))
                    .run()
                    .violated()
                    .contains(invariant)) {
                return;
            }
        }
        fail(sabotage + " is not noticed by " + invariant);
    }

    /** A displaced owner and an adapter that begins anew must meet within moments. */
    private static Set<Fault> faults(Sabotage sabotage) {
        return sabotage == Sabotage.FENCES_OF_EARLIER_RUNS_IGNORED
                ? EnumSet.of(Fault.ADAPTER_KILLED, Fault.OWNER_PAUSED)
                : EnumSet.allOf(Fault.class);
    }

    @Test
    void everyInvariantNoticesSomething() {
        for (Invariant invariant : Cluster.INVARIANTS) {
            assertThat(NOTICED_BY).containsValue(invariant.getClass());
        }
    }
}
