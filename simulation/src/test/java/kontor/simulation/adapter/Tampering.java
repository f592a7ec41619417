package kontor.simulation.adapter;

import java.util.List;
import kontor.adapter.relay.Action;
import kontor.adapter.relay.Command;
import kontor.simulation.world.Sabotage;
import kontor.simulation.world.World;
import kontor.vocabulary.RunId;

/** What planted faults make of the commands that reach an adapter; without any, nothing. */
final class Tampering {

    private final String run;
    private final World world;
    private long lost;

    Tampering(RunId run, World world) {
        this.run = run.toString();
        this.world = world;
    }

    /**
     * @param carriedOut the highest sequence of which the adapter has taken a command
     */
    Command of(Command command, long carriedOut) {
        if (!command.targetRun().equals(run) || command.sequence() == 0) {
            return command;
        }
        boolean again = command.sequence() <= carriedOut;
        if (again && world.is(Sabotage.COMMANDS_NOT_TOLD_APART)) {
            return with(command, carriedOut + 1, command.actions());
        }
        if (!again && world.is(Sabotage.COMMANDS_LOST_UNNOTICED)) {
            lost += world.chance().oneIn(60) ? 1 : 0;
            return with(command, Math.max(0, command.sequence() - lost), command.actions());
        }
        if (world.is(Sabotage.WINDOW_EXTENSION_LOST) && world.chance().oneIn(4)) {
            return with(
                    command,
                    command.sequence(),
                    command.actions().stream().map(Tampering::unextended).toList());
        }
        return command;
    }

    private static Action unextended(Action action) {
        return action instanceof Action.ExtendWindow extend
                ? new Action.ExtendWindow(extend.flow(), 0)
                : action;
    }

    private static Command with(Command command, long sequence, List<Action> actions) {
        return new Command(
                command.targetRun(),
                sequence,
                command.sessionId(),
                command.sessionSequence(),
                command.ownerEpoch(),
                command.capturedAtMicros(),
                actions);
    }
}
