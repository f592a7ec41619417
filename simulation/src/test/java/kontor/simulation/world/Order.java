package kontor.simulation.world;

import kontor.orchestrator.sequencer.Command;

/**
 * A record of {@code kontor.commands.*}: as the orchestrator wrote it and as the adapter reads it.
 */
public record Order(Command command, long epoch, kontor.adapter.relay.Command asRead) {

    @Override
    public String toString() {
        return "command %d of epoch %d to run %s: %s"
                .formatted(command.sequence(), epoch, command.targetRun(), command.actions());
    }
}
