package kontor.topics;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import kontor.control.v1.FollowerState;
import kontor.control.v1.FollowerStatus;

/**
 * The readers of logs in this process and how each gets on: one place that health, metrics and the
 * process's own words on {@code kontor.control} are made from, so that none of them can say
 * something else.
 *
 * <p>Thread-safe; never blocks.
 */
public final class Followers {

    private final Clock clock;
    private final List<Follower> all = new CopyOnWriteArrayList<>();

    public Followers(Clock clock) {
        this.clock = clock;
    }

    /** Of a process that follows nothing. */
    public static Followers none() {
        return new Followers(Clock.systemUTC());
    }

    /** How a follower gets on; as {@link FollowerState} says. */
    public enum State {
        STARTING,
        RUNNING,
        WAITING,
        HALTED
    }

    /**
     * What is to be said of one follower.
     *
     * @param reason for a person; empty while it runs
     * @param since when it came into this state
     */
    public record Word(String name, State state, String reason, Instant since) {

        /** Whether what it makes of the logs stays behind them. */
        public boolean standsStill() {
            return state == State.WAITING || state == State.HALTED;
        }

        FollowerStatus toProto() {
            return FollowerStatus.newBuilder()
                    .setName(name)
                    .setState(FollowerState.valueOf("FOLLOWER_STATE_" + state))
                    .setReason(reason)
                    .setSinceMicros(ChronoUnit.MICROS.between(Instant.EPOCH, since))
                    .build();
        }

        @Override
        public String toString() {
            return reason.isEmpty() ? name + " " + state : name + " " + state + ": " + reason;
        }
    }

    /** Adds a follower, {@code STARTING}. */
    public Follower add(String name) {
        Follower follower = new Follower(name);
        all.add(follower);
        return follower;
    }

    /** Each follower's word, in the order in which they were added. */
    public List<Word> words() {
        return all.stream().map(Follower::word).toList();
    }

    /** One reader of logs. Written by its thread, read by any. */
    public final class Follower {

        private volatile Word word;

        private Follower(String name) {
            this.word = new Word(name, State.STARTING, "", clock.instant());
        }

        public Word word() {
            return word;
        }

        /**
         * @param reason for a person; empty if there is nothing to say
         * @return whether this is another state, or another reason
         */
        public boolean is(State state, String reason) {
            Word before = word;
            if (before.state() == state && before.reason().equals(reason)) {
                return false;
            }
            word =
                    new Word(
                            before.name(),
                            state,
                            reason,
                            before.state() == state ? before.since() : clock.instant());
            return true;
        }
    }
}
