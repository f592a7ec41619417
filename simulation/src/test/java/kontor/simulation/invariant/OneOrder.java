package kontor.simulation.invariant;

import java.util.ArrayList;
import java.util.List;
import kontor.orchestrator.ownership.LogRecord;
import kontor.orchestrator.ownership.PartitionLog;
import kontor.orchestrator.sequencer.SessionEvent;
import kontor.orchestrator.sequencer.SessionEvent.What;
import kontor.vocabulary.SessionId;

/** G3. */
public final class OneOrder implements Invariant {

    @Override
    public String sentence() {
        return "Session sequences are 1, 2, 3 ... from the start of a session to its end, nothing"
                + " of an older owner counts, and all readers of the log read the same";
    }

    @Override
    public void check(Evidence evidence) {
        Truth truth = evidence.truth();
        truth.sessions().forEach(OneOrder::sessionIsWhole);
        for (SessionId session : evidence.wanted()) {
            if (!truth.sessions().containsKey(session)) {
                throw new Violation(OneOrder.class, "nobody started the session " + session);
            }
        }
        ownReaderAgrees(evidence, truth);
    }

    private static void sessionIsWhole(SessionId session, List<SessionEvent> events) {
        for (int i = 0; i < events.size(); i++) {
            SessionEvent event = events.get(i);
            boolean first = event.what() instanceof What.Started;
            boolean last = event.what() instanceof What.Ended;
            if (event.sequence() != i + 1
                    || first != (i == 0)
                    || (last && i != events.size() - 1)) {
                throw new Violation(
                        OneOrder.class,
                        "session %s has as its record %d: %s".formatted(session, i + 1, event));
            }
        }
    }

    private static void ownReaderAgrees(Evidence evidence, Truth truth) {
        PartitionLog log = new PartitionLog();
        List<SessionEvent> read = new ArrayList<>();
        for (LogRecord record : evidence.topics().log().records()) {
            switch (log.fold(record).kind()) {
                case APPLIED -> {
                    if (record instanceof LogRecord.Entry(SessionEvent event)) {
                        read.add(event);
                    }
                }
                case APPLIED_AFTER_GAP ->
                        throw new Violation(OneOrder.class, "a gap before " + record);
                case REPEATED, VOID -> {}
            }
        }
        for (int i = 0; i < Math.max(read.size(), truth.events().size()); i++) {
            if (i >= read.size()
                    || i >= truth.events().size()
                    || !read.get(i).equals(truth.events().get(i))) {
                throw new Violation(
                        OneOrder.class,
                        "readers differ at record %d of %d and %d"
                                .formatted(i, read.size(), truth.events().size()));
            }
        }
    }
}
