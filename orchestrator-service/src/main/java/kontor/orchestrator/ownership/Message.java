package kontor.orchestrator.ownership;

import kontor.orchestrator.reload.Effect;
import kontor.orchestrator.reload.Input.ProcessState;
import kontor.orchestrator.sequencer.Command;
import kontor.orchestrator.sequencer.SessionEvent;

/** A record that an owner sends without waiting for its acknowledgement. */
public sealed interface Message {

    /**
     * To the session log. Where it is about an adapter event, that is the one that was taken in
     * last.
     */
    record Entry(SessionEvent event) implements Message {}

    /**
     * To the adapter that it is for.
     *
     * @param epoch of the sender
     * @param sequencedAtMicros when it was decided; 0 where it is sent again
     */
    record Order(Command command, long epoch, long sequencedAtMicros) implements Message {}

    /**
     * A sign of life of this process, to the control topic.
     *
     * @param ownerEpoch 0 where it owns nothing
     */
    record Sign(ProcessState state, long ownerEpoch) implements Message {}

    /** To the control topic: a phase of a reload begins. */
    record Phase(Effect.Write write) implements Message {}

    /** To the adapter of a game that is to stand still. */
    record Freeze(Effect.Freeze freeze, long epoch) implements Message {}

    /** To the adapter of a game that is to go on. */
    record Thaw(Effect.Thaw thaw, long epoch) implements Message {}
}
