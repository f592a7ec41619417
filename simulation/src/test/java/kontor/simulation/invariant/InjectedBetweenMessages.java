package kontor.simulation.invariant;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import kontor.orchestrator.sequencer.AdapterEvent;
import kontor.orchestrator.sequencer.Happening;
import kontor.orchestrator.sequencer.SessionEvent;
import kontor.orchestrator.sequencer.SessionEvent.What;
import kontor.orchestrator.sequencer.Verdict;
import kontor.simulation.game.Call;
import kontor.simulation.world.Packet;
import org.jspecify.annotations.Nullable;

/** ADR 0056. */
public final class InjectedBetweenMessages implements Invariant {

    private static final String NO_SUCH_FLOW = "no such flow was opened";

    @Override
    public String sentence() {
        return "What is injected is in the session log once; into a stream it comes once, behind"
                + " the message that it was made for, or not at all, for a reason that is true";
    }

    @Override
    public void check(Evidence evidence) {
        // Where it stands in its stream is checked as it is read.
        Set<Long> recorded = new HashSet<>();
        for (SessionEvent event : evidence.truth().events()) {
            if (event.what() instanceof What.Adapter(AdapterEvent told)
                    && told.what() instanceof Happening.Injected injected) {
                if (!recorded.add(told.sequence())) {
                    throw violation("is recorded twice", event);
                }
                if (injected instanceof Happening.InjectedData data) {
                    inStream(evidence, event, told, data);
                }
            }
        }
        Set<Long> published = new HashSet<>();
        for (Packet packet : evidence.topics().packets().records()) {
            if (packet.event().what() instanceof Happening.Injected) {
                published.add(packet.event().sequence());
            }
        }
        if (!published.equals(recorded)) {
            published.removeAll(recorded);
            throw new Violation(
                    InjectedBetweenMessages.class, "the log knows nothing of " + published);
        }
    }

    private static void inStream(
            Evidence evidence, SessionEvent event, AdapterEvent told, Happening.InjectedData data) {
        boolean sent = event.verdict() == Verdict.INJECTED;
        @Nullable Call call = evidence.knownCallOf(data.flow());
        if (call == null) {
            String notRunning = told.instance() + " is not running";
            if (sent || !List.of(NO_SUCH_FLOW, notRunning).contains(event.detail())) {
                throw violation("goes into a flow that is not there", event);
            }
            return;
        }
        boolean read = call.hasReadInsertion((int) told.sequence());
        if (read && !sent) {
            throw violation("was refused, and came", event);
        }
        boolean reached = call.target() != null;
        if (sent && !read && reached && call.isUndisturbed()) {
            throw violation("did not come", event);
        }
        if (!sent && !isTrue(event.detail(), told, data)) {
            throw violation("was refused without a reason", event);
        }
    }

    private static boolean isTrue(String detail, AdapterEvent told, Happening.InjectedData data) {
        String goneOn = told.instance() + " has written ";
        if (detail.startsWith(goneOn)) {
            return !detail.startsWith(goneOn + data.streamOffset() + " ");
        }
        return detail.equals("flow is closed")
                || detail.equals("a message is under way")
                || detail.equals("what was written before it waits")
                || detail.equals("the run is at neither end of the flow")
                || detail.equals(told.instance() + " is not running");
    }

    private static Violation violation(String what, SessionEvent event) {
        return new Violation(InjectedBetweenMessages.class, "injection " + what + ": " + event);
    }
}
