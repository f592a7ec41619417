package kontor.simulation.invariant;

import java.util.List;
import java.util.Map;
import kontor.adapter.relay.Command;
import kontor.simulation.world.Order;
import kontor.vocabulary.InstanceName;

/** G3, at the adapters. */
public final class FencedOut implements Invariant {

    /**
     * An owner has taken over, and the broker has all that it sent for that.
     *
     * @param epoch of its claim
     * @param ends how long the command topics of the instances were then that it knows
     */
    record TakenOver(long epoch, Map<InstanceName, Integer> ends) {}

    @Override
    public String sentence() {
        return "What a displaced owner sends behind the takeover of its successor is not carried"
                + " out by any run, present or future, of an instance that the successor knew";
    }

    @Override
    public void check(Evidence evidence) {
        for (TakenOver takeover : evidence.takeovers()) {
            takeover.ends()
                    .forEach((instance, end) -> {
                        List<Order> orders = evidence.topics().commands(instance).records();
                        for (int at = end; at < orders.size(); at++) {
                            for (RunEvidence run : evidence.runs()) {
                                check(takeover, orders, at, run);
                            }
                        }
                    });
        }
    }

    private static void check(TakenOver takeover, List<Order> orders, int at, RunEvidence run) {
        Command command = orders.get(at).command();
        if (command.ownerEpoch() < takeover.epoch()
                && command.targetRun().equals(run.run().toString())
                && run.executed().contains(command)
                && orders.indexOf(orders.get(at)) == at) {
            throw new Violation(
                    FencedOut.class,
                    "run %s carried out %s, behind the takeover with epoch %d"
                            .formatted(run.run(), command, takeover.epoch()));
        }
    }
}
