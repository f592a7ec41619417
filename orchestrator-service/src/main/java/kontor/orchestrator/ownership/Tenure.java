package kontor.orchestrator.ownership;

import java.time.Duration;
import kontor.orchestrator.ownership.PartitionLog.Standing;

/**
 * The life of one process with regard to one partition: when it claims, works, hands over and
 * waits. Decides only; the caller carries out what the state says and reports back.
 *
 * <pre>
 * RECOVERING -> CLAIMING or STANDBY          the log is folded
 * STANDBY    -> CLAIMING                     released to this process, or the owner silent or gone
 * CLAIMING   -> OWNING or STANDBY            the own claim counts, or another was first
 * OWNING     -> RELEASING -> RECOVERING      handed over; then waits as a standby
 * OWNING     -> RECOVERING                   displaced by a higher claim; then waits as a standby
 * RELEASING  -> RECOVERING                   the same, while it was about to hand over
 * any        -> STOPPED                      asked to stop; an owner releases first
 * </pre>
 *
 * <p>Two processes can both claim: the log's epochs decide between them, not this. A process that
 * takes an owner for silent wrongly does no harm, therefore.
 *
 * <p>Confined to one thread.
 */
public final class Tenure {

    private final long patienceNanos;
    private final long answerNanos;
    private boolean eager;
    private boolean stopping;
    private State state = State.RECOVERING;
    private String successor = "";
    private long heardNanos;

    /** What there is to do now. */
    public enum State {
        /** Fold the log up to its end. */
        RECOVERING,
        /** Follow the log and listen for the owner. */
        STANDBY,
        /** Append a claim and read up to it. */
        CLAIMING,
        /** Relay. */
        OWNING,
        /** Wait for all acknowledgements, then append a release. */
        RELEASING,
        STOPPED
    }

    /** What happened. Times are nanoseconds of one clock that only rises. */
    public sealed interface Input {

        /** The log is folded up to its end. */
        record CaughtUp(Standing standing, long nowNanos) implements Input {}

        /**
         * The log was followed further.
         *
         * @param ownerWrote whether something came that counts
         */
        record Followed(Standing standing, boolean ownerWrote, long nowNanos) implements Input {}

        /** The owner of the partition said on the control topic that it works. */
        record OwnerHeard(long nowNanos) implements Input {}

        /**
         * What this process itself said on the control topic came back: all that the owner had said
         * before has been heard too.
         *
         * @param sentNanos when it was said
         */
        record OwnWordHeard(long sentNanos, long nowNanos) implements Input {}

        /** The parent of the owner's process has seen it end: nothing more can come from it. */
        record OwnerEnded() implements Input {}

        /**
         * The own claim has been read.
         *
         * @param counts whether it is the one that counts
         */
        record ClaimRead(boolean counts, long nowNanos) implements Input {}

        /** A higher claim was read. */
        record Displaced() implements Input {}

        /**
         * Another process is to take over.
         *
         * @param successorId that process
         */
        record HandOverWanted(String successorId) implements Input {}

        /** The release is in the log. */
        record Released() implements Input {}

        /** The broker refused or could not be reached: what is known may be ahead of the log. */
        record Failed() implements Input {}

        record StopWanted() implements Input {}
    }

    /**
     * @param standby whether it waits until it is needed, instead of taking over when it starts
     * @param patience how long an owner is silent before a standby takes over
     */
    public Tenure(boolean standby, Duration patience) {
        this.eager = !standby;
        this.patienceNanos = patience.toNanos();
        this.answerNanos = patienceNanos / 3;
    }

    public State state() {
        return state;
    }

    /** The process that the release names; empty: any. */
    public String successor() {
        return successor;
    }

    /** Takes in what happened; one that does not belong to the state changes nothing. */
    public State on(Input input) {
        state =
                switch (input) {
                    case Input.CaughtUp in -> caughtUp(in);
                    case Input.Followed in -> followed(in);
                    case Input.OwnerHeard in -> heard(in.nowNanos());
                    case Input.OwnWordHeard in -> ownWordHeard(in);
                    case Input.OwnerEnded _ -> state == State.STANDBY ? State.CLAIMING : state;
                    case Input.ClaimRead in -> claimRead(in);
                    case Input.Displaced _ -> displaced();
                    case Input.HandOverWanted in -> handOver(in);
                    case Input.Released _ -> state == State.RELEASING ? again(false) : state;
                    case Input.Failed _ -> again(eager);
                    case Input.StopWanted _ -> stop();
                };
        return state;
    }

    private State caughtUp(Input.CaughtUp in) {
        if (state != State.RECOVERING) {
            return state;
        }
        heardNanos = in.nowNanos();
        return switch (in.standing()) {
            // A release to somebody else is respected, for a while, even by who was just started.
            case RELEASED_TO_ANOTHER -> State.STANDBY;
            case OTHERS -> eager ? State.CLAIMING : State.STANDBY;
            case MINE, RELEASED_TO_ME -> State.CLAIMING;
        };
    }

    private State followed(Input.Followed in) {
        if (state != State.STANDBY) {
            return state;
        }
        if (in.standing() == Standing.RELEASED_TO_ME) {
            return State.CLAIMING;
        }
        return in.ownerWrote() ? heard(in.nowNanos()) : state;
    }

    private State heard(long nowNanos) {
        heardNanos = nowNanos;
        return state;
    }

    private State ownWordHeard(Input.OwnWordHeard in) {
        if (state != State.STANDBY) {
            return state;
        }
        if (in.nowNanos() - in.sentNanos() > answerNanos) {
            // The broker did not answer: nobody could be heard, so nobody was silent.
            return heard(in.nowNanos());
        }
        return in.sentNanos() - heardNanos >= patienceNanos ? State.CLAIMING : state;
    }

    private State claimRead(Input.ClaimRead in) {
        if (state != State.CLAIMING) {
            return state;
        }
        heardNanos = in.nowNanos();
        eager = false;
        return in.counts() ? State.OWNING : State.STANDBY;
    }

    private State handOver(Input.HandOverWanted in) {
        if (state != State.OWNING) {
            return state;
        }
        successor = in.successorId();
        return State.RELEASING;
    }

    private State displaced() {
        return switch (state) {
            case OWNING, RELEASING -> again(false);
            case RECOVERING, STANDBY, CLAIMING, STOPPED -> state;
        };
    }

    private State again(boolean eagerly) {
        eager = eagerly;
        successor = "";
        return stopping || state == State.STOPPED ? State.STOPPED : State.RECOVERING;
    }

    private State stop() {
        stopping = true;
        return switch (state) {
            case RECOVERING, STANDBY, CLAIMING, STOPPED -> State.STOPPED;
            case OWNING, RELEASING -> State.RELEASING;
        };
    }
}
