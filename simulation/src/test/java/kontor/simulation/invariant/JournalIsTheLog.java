package kontor.simulation.invariant;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import kontor.journal.ledger.EventRow;
import kontor.orchestrator.sequencer.AdapterEvent;
import kontor.orchestrator.sequencer.SessionEvent;
import kontor.orchestrator.sequencer.SessionEvent.What;
import kontor.simulation.journal.Tables;
import kontor.vocabulary.SessionId;
import org.jspecify.annotations.Nullable;

/** G7, as far as the rows. */
public final class JournalIsTheLog implements Invariant {

    @Override
    public String sentence() {
        return "The tables hold each event of the session log once, with its deliveries, and"
                + " nothing else";
    }

    @Override
    public void check(Evidence evidence) {
        Tables tables = evidence.tables();
        int events = 0;
        for (var session : evidence.truth().sessions().entrySet()) {
            for (SessionEvent event : session.getValue()) {
                compare(session.getKey(), event, tables);
                events++;
            }
        }
        if (tables.events().size() != events) {
            throw new Violation(
                    JournalIsTheLog.class,
                    "%d events are in the tables, %d in the log"
                            .formatted(tables.events().size(), events));
        }
    }

    private static void compare(SessionId session, SessionEvent event, Tables tables) {
        Tables.@Nullable Stored row = tables.event(session, event.sequence());
        if (row == null) {
            throw new Violation(JournalIsTheLog.class, "there is no row of " + event);
        }
        List<String> deliveries = new ArrayList<>();
        event.deliveries().forEach(d -> deliveries.add(d.targetRun() + "/" + d.commandSequence()));
        List<String> stored = new ArrayList<>();
        row.deliveries().forEach(d -> stored.add(d.targetRun() + "/" + d.commandSequence()));
        boolean same =
                row.event().ownerEpoch() == event.stamp().ownerEpoch()
                        && row.event().verdict().equals(event.verdict().name())
                        && isSame(row.event().adapter(), event.what())
                        && deliveries.equals(stored);
        if (!same) {
            throw new Violation(
                    JournalIsTheLog.class, "the row %s is not %s".formatted(row, event));
        }
    }

    private static boolean isSame(EventRow.@Nullable Adapter row, What what) {
        if (!(what instanceof What.Adapter(AdapterEvent told))) {
            return row == null;
        }
        return row != null
                && row.run().equals(told.run().value())
                && row.sequence() == told.sequence()
                && Objects.equals(row.instance(), told.instance().value());
    }
}
