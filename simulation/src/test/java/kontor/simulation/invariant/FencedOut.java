package kontor.simulation.invariant;

import java.util.List;
import kontor.adapter.relay.Command;
import kontor.simulation.world.Order;
import kontor.vocabulary.RunId;

/** G3, at the adapters. */
public final class FencedOut implements Invariant {

    /**
     * An owner has taken over, and the broker has all that it sent for that.
     *
     * @param epoch of its claim
     * @param runs that it knows
     * @param ends how long the command topics of their instances were then, in the same order
     */
    record TakenOver(long epoch, List<RunId> runs, List<Integer> ends) {}

    @Override
    public String sentence() {
        return "What a displaced owner sends behind the takeover of its successor is not carried"
                + " out by any run that the successor knew";
    }

    @Override
    public void check(Evidence evidence) {
        for (TakenOver takeover : evidence.takeovers()) {
            for (int i = 0; i < takeover.runs().size(); i++) {
                RunEvidence run = evidence.known(takeover.runs().get(i));
                List<Order> orders = evidence.topics().commands(run.instance()).records();
                for (int at = takeover.ends().get(i); at < orders.size(); at++) {
                    check(takeover, orders, at, run);
                }
            }
        }
    }

    private static void check(TakenOver takeover, List<Order> orders, int at, RunEvidence run) {
        Command command = orders.get(at).command();
        if (command.ownerEpoch() < takeover.epoch()
                && run.executed().contains(command)
                && orders.indexOf(orders.get(at)) == at) {
            throw new Violation(
                    FencedOut.class,
                    "run %s carried out %s, behind the takeover with epoch %d"
                            .formatted(run.run(), command, takeover.epoch()));
        }
    }
}
