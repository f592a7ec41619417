package kontor.adapter.freeze;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedSet;
import kontor.adapter.capture.Observation;
import kontor.adapter.capture.ThawCause;

/**
 * Decides when one game stands still.
 *
 * <p>Guarantees: no matter what froze the game, it is thawed: by command, at the time limit, when
 * the adapter ends, or when the adapter's next life begins. A thaw that fails is tried again and
 * again. Each freeze is answered by one observation, frozen or failed; each time that the game
 * stood still ends with one thawed, which says for how long, of the freeze that held it last.
 *
 * <p>A freeze that was had before changes nothing. One that comes while another holds the game
 * takes its place, time limit and all: the game stands still on, and only the later one's thaw lets
 * it go.
 *
 * <p>Not thread-safe; time is what the caller says, and never falls.
 */
public final class GameFreeze {

    static final long RETRY_NANOS = 200_000_000;

    /** More freezes than a repetition can lie back. */
    private static final int REMEMBERED = 256;

    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long NANOS_PER_MICRO = 1_000;

    private final long longestMillis;
    private final SequencedSet<String> had = new LinkedHashSet<>();
    private State state = new State.Running();
    private boolean stopped;

    /**
     * @param longestMillis no freeze holds the game for longer, whatever it asks for
     */
    public GameFreeze(long longestMillis) {
        this.longestMillis = longestMillis;
    }

    /** What is to be done about {@code input}, in order. */
    public List<Effect> on(Input input, long nowNanos) {
        return switch (input) {
            case Input.Freeze freeze -> freeze(freeze, nowNanos);
            case Input.Thaw thaw ->
                    state instanceof State.Still still && still.freezeId.equals(thaw.freezeId())
                            ? thaw(still, ThawCause.COMMAND)
                            : List.of();
            case Input.StandsStill done -> standsStill(done.method(), nowNanos);
            case Input.DoesNotStop failed -> doesNotStop(failed.detail());
            case Input.GoesOn _ -> goesOn(nowNanos);
            case Input.DoesNotGoOn _ -> doesNotGoOn(nowNanos);
            case Input.TimePassed _ -> timePassed(nowNanos);
            case Input.LeftFrozen left ->
                    thaw(left.freezeId(), nowNanos - left.frozenNanos(), ThawCause.ADAPTER_STOPPED);
            case Input.Stop _ -> {
                stopped = true;
                yield state instanceof State.Still still
                        ? thaw(still, ThawCause.ADAPTER_STOPPED)
                        : List.of();
            }
        };
    }

    /** When {@link Input.TimePassed} is due. */
    public OptionalLong wakeNanos() {
        return switch (state) {
            case State.Still still -> OptionalLong.of(still.untilNanos);
            case State.Going going -> OptionalLong.of(going.retryNanos);
            case State.Running _, State.Stopping _ -> OptionalLong.empty();
        };
    }

    /** The freeze that holds the game. */
    public Optional<String> holder() {
        return switch (state) {
            case State.Still still -> Optional.of(still.freezeId);
            case State.Going going -> Optional.of(going.freezeId);
            case State.Running _, State.Stopping _ -> Optional.empty();
        };
    }

    private List<Effect> freeze(Input.Freeze freeze, long nowNanos) {
        String id = freeze.freezeId();
        if (!had.add(id)) {
            return List.of();
        }
        if (had.size() > REMEMBERED) {
            had.removeFirst();
        }
        if (stopped) {
            return failed(id, "the adapter ends");
        }
        if (freeze.atMostMillis() <= 0) {
            return failed(id, "it does not say for how long at most");
        }
        long limitNanos = Math.min(freeze.atMostMillis(), longestMillis) * NANOS_PER_MILLI;
        return switch (state) {
            case State.Running _ -> {
                state = new State.Stopping(id, limitNanos, nowNanos);
                yield List.of(new Effect.Freeze(id));
            }
            case State.Still still -> {
                state = new State.Still(id, still.method, still.sinceNanos, nowNanos + limitNanos);
                yield List.of(
                        new Effect.Note(id),
                        report(new Observation.GameFrozen(id, still.method, 0)));
            }
            case State.Going _ -> failed(id, "the game is being thawed, and does not go on yet");
            case State.Stopping _ -> throw outOfTurn(freeze);
        };
    }

    private List<Effect> standsStill(String method, long nowNanos) {
        if (!(state instanceof State.Stopping stopping)) {
            throw outOfTurn(new Input.StandsStill(method));
        }
        long tookMicros = (nowNanos - stopping.askedNanos) / NANOS_PER_MICRO;
        state =
                new State.Still(
                        stopping.freezeId, method, nowNanos, nowNanos + stopping.limitNanos);
        return List.of(report(new Observation.GameFrozen(stopping.freezeId, method, tookMicros)));
    }

    private List<Effect> doesNotStop(String detail) {
        if (!(state instanceof State.Stopping stopping)) {
            throw outOfTurn(new Input.DoesNotStop(detail));
        }
        state = new State.Running();
        return failed(stopping.freezeId, detail);
    }

    private List<Effect> thaw(State.Still still, ThawCause cause) {
        return thaw(still.freezeId, still.sinceNanos, cause);
    }

    private List<Effect> thaw(String freezeId, long sinceNanos, ThawCause cause) {
        state = new State.Going(freezeId, cause, sinceNanos, Long.MAX_VALUE);
        return List.of(new Effect.Thaw());
    }

    private List<Effect> goesOn(long nowNanos) {
        if (!(state instanceof State.Going going)) {
            throw outOfTurn(new Input.GoesOn());
        }
        state = new State.Running();
        long frozenMicros = (nowNanos - going.sinceNanos) / NANOS_PER_MICRO;
        return List.of(
                report(new Observation.GameThawed(going.freezeId, going.cause, frozenMicros)));
    }

    private List<Effect> doesNotGoOn(long nowNanos) {
        if (!(state instanceof State.Going going)) {
            throw outOfTurn(new Input.DoesNotGoOn());
        }
        state =
                new State.Going(
                        going.freezeId, going.cause, going.sinceNanos, nowNanos + RETRY_NANOS);
        return List.of();
    }

    private List<Effect> timePassed(long nowNanos) {
        return switch (state) {
            case State.Still still ->
                    nowNanos >= still.untilNanos ? thaw(still, ThawCause.TIMEOUT) : List.of();
            case State.Going going ->
                    nowNanos >= going.retryNanos
                            ? thaw(going.freezeId, going.sinceNanos, going.cause)
                            : List.of();
            case State.Running _, State.Stopping _ -> List.of();
        };
    }

    private static List<Effect> failed(String freezeId, String detail) {
        return List.of(report(new Observation.FreezeFailed(freezeId, detail)));
    }

    private static Effect report(Observation what) {
        return new Effect.Report(what);
    }

    private IllegalStateException outOfTurn(Input input) {
        return new IllegalStateException("%s in state %s".formatted(input, state));
    }

    private sealed interface State {

        record Running() implements State {}

        /** Freezing, as it takes a moment. */
        record Stopping(String freezeId, long limitNanos, long askedNanos) implements State {}

        record Still(String freezeId, String method, long sinceNanos, long untilNanos)
                implements State {}

        /** Thawing; tried again from {@code retryNanos} on. */
        record Going(String freezeId, ThawCause cause, long sinceNanos, long retryNanos)
                implements State {}
    }
}
