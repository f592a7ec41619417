package kontor.adapter.freeze;

import kontor.adapter.capture.Observation;

/**
 * What {@link GameFreeze} wants done. Freeze and Thaw are answered, each by one of two inputs,
 * before anything else is said to the machine.
 */
public sealed interface Effect {

    /** Make the game stand still, having noted down first that it does. */
    record Freeze(String freezeId) implements Effect {}

    /** Note down that it is this freeze now which holds the game. */
    record Note(String freezeId) implements Effect {}

    /** Let the game go on, and forget the note. */
    record Thaw() implements Effect {}

    /** Capture this. */
    record Report(Observation what) implements Effect {}
}
