package kontor.adapter.freeze;

/** Inputs of {@link GameFreeze}. */
public sealed interface Input {

    /**
     * The game is to stand still.
     *
     * @param atMostMillis it goes on by itself after so long
     */
    record Freeze(String freezeId, long atMostMillis) implements Input {}

    /** The game is to go on, if it is this freeze that holds it. */
    record Thaw(String freezeId) implements Input {}

    /** {@link Effect.Freeze} was carried out. */
    record StandsStill(String method) implements Input {}

    /** {@link Effect.Freeze} could not be carried out; the game runs. */
    record DoesNotStop(String detail) implements Input {}

    /** {@link Effect.Thaw} was carried out. */
    record GoesOn() implements Input {}

    /** {@link Effect.Thaw} could not be carried out; the game may stand still. */
    record DoesNotGoOn() implements Input {}

    /** The moment that {@link GameFreeze#wakeNanos} named has come, or any other. */
    record TimePassed() implements Input {}

    /** An earlier life of the adapter ended without thawing the game; before anything else. */
    record LeftFrozen(String freezeId, long frozenNanos) implements Input {}

    /** The adapter ends. */
    record Stop() implements Input {}
}
