package kontor.simulation.invariant;

import kontor.simulation.game.Call;
import kontor.simulation.game.Wire;
import org.jspecify.annotations.Nullable;

/** G2 and G4, as the games see it. */
public final class NothingReordered implements Invariant {

    @Override
    public String sentence() {
        return "A game reads the very bytes that the other wrote, in their order, and each datagram"
                + " once and after those sent before it; connections that nothing disturbed"
                + " arrive to the end, and the others end at both sides";
    }

    @Override
    public void check(Evidence evidence) {
        // Bytes and datagrams are checked as they are read.
        for (Call call : evidence.calls()) {
            @Nullable Wire target = call.target();
            Wire opener = call.opener();
            if (!opener.isOver() || (target != null && !target.isOver())) {
                throw new Violation(NothingReordered.class, call + " hangs: " + both(call));
            }
            boolean complete =
                    target != null && target.isAllRead(opener) && opener.isAllRead(target);
            boolean unreached = target == null && opener.isReset();
            if (call.isUndisturbed() && !complete && !unreached) {
                throw new Violation(NothingReordered.class, call + " is short: " + both(call));
            }
        }
    }

    private static String both(Call call) {
        return call.opener() + " | " + call.target();
    }
}
