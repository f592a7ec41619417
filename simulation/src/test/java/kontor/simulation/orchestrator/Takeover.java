package kontor.simulation.orchestrator;

import java.util.List;
import java.util.function.Consumer;
import kontor.orchestrator.ownership.LogRecord;
import kontor.orchestrator.ownership.PartitionLog;
import kontor.orchestrator.sequencer.Command;
import kontor.orchestrator.sequencer.LabState;
import kontor.simulation.adapter.Translation;
import kontor.simulation.world.Sabotage;
import kontor.simulation.world.World;

/** Appends a claim, reads up to it, fences the adapters and gives the last commands again. */
final class Takeover {

    private final String id;
    private final World world;
    private final Follower follower;
    private final Outlet outlet;

    Takeover(String id, World world, Follower follower, Outlet outlet) {
        this.id = id;
        this.world = world;
        this.follower = follower;
        this.outlet = outlet;
    }

    /**
     * @param claimedAtMicros by the clock of the process
     * @param then is told the offset of the own claim; -1 where another was first
     */
    void perform(long claimedAtMicros, Consumer<Integer> then) {
        PartitionLog log = follower.log();
        LogRecord.Claim claim = new LogRecord.Claim(id, log.epoch() + 1, claimedAtMicros);
        world.note(id, "claims", claim);
        outlet.sendAndWait(
                world.topics().log(),
                claim,
                offset -> {
                    if (world.is(Sabotage.CLAIM_NOT_READ)) {
                        follower.skipTo(offset + 1);
                        log.fold(claim);
                        giveAgain(offset, then);
                    } else {
                        follower.readTo(offset + 1, () -> claimed(claim, offset, then));
                    }
                });
    }

    private void claimed(LogRecord.Claim claim, int offset, Consumer<Integer> then) {
        PartitionLog log = follower.log();
        if (log.isOwnedBy(id) && log.epoch() == claim.epoch()) {
            giveAgain(offset, then);
        } else {
            then.accept(-1);
        }
    }

    private void giveAgain(int offset, Consumer<Integer> then) {
        for (LabState.Target target : follower.log().lab(World.LAB).targets()) {
            give(new Command(World.LAB, target.instance(), target.run(), 0, null, 0, 0, List.of()));
        }
        if (!world.is(Sabotage.COMMANDS_NOT_GIVEN_AGAIN)) {
            follower.lastCommands().forEach(commands -> commands.forEach(this::give));
        }
        outlet.whenAcknowledged(() -> then.accept(offset));
    }

    private void give(Command command) {
        outlet.send(
                world.topics().commands(command.instance()),
                Translation.order(command, follower.log().epoch()));
    }
}
