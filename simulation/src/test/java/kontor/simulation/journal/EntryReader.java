package kontor.simulation.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import kontor.journal.ledger.DeliveryRow;
import kontor.journal.ledger.EventRow;
import kontor.journal.ledger.FlowRow;
import kontor.journal.ledger.LogEntry;
import kontor.journal.ledger.ReceiptRow;
import kontor.journal.ledger.RunRow;
import kontor.orchestrator.ownership.LogRecord;
import kontor.orchestrator.sequencer.AdapterEvent;
import kontor.orchestrator.sequencer.FlowEnd;
import kontor.orchestrator.sequencer.Happening;
import kontor.orchestrator.sequencer.InputPosition;
import kontor.orchestrator.sequencer.Payload;
import kontor.orchestrator.sequencer.SessionEvent;
import kontor.orchestrator.sequencer.SessionEvent.What;
import kontor.orchestrator.sequencer.SessionFlow;
import kontor.orchestrator.sequencer.Verdict;
import kontor.simulation.world.Said;
import kontor.simulation.world.World;
import kontor.vocabulary.RunId;
import kontor.vocabulary.SessionId;
import org.jspecify.annotations.Nullable;

/** What the journal's codecs do in the real thing: records of the topics into its own words. */
final class EntryReader {

    private EntryReader() {}

    static LogEntry entry(int offset, LogRecord record) {
        return switch (record) {
            case LogRecord.Claim claim ->
                    new LogEntry(
                            0,
                            offset,
                            "",
                            claim.epoch(),
                            null,
                            List.of(),
                            null,
                            new LogEntry.What.OwnerClaim());
            case LogRecord.Release release ->
                    new LogEntry(
                            0,
                            offset,
                            "",
                            release.epoch(),
                            null,
                            List.of(),
                            null,
                            new LogEntry.What.Nothing());
            case LogRecord.Entry(SessionEvent event) -> entry(offset, event);
        };
    }

    private static LogEntry entry(int offset, SessionEvent event) {
        @Nullable SessionId session = event.session();
        @Nullable SessionFlow flow = event.flow();
        List<DeliveryRow> deliveries = new ArrayList<>(event.deliveries().size());
        event.deliveries()
                .forEach(d ->
                        deliveries.add(
                                new DeliveryRow(
                                        d.instance().value(),
                                        d.targetRun().value(),
                                        d.commandSequence())));
        return new LogEntry(
                0,
                offset,
                World.LAB.value(),
                event.stamp().ownerEpoch(),
                session == null ? null : row(session, event),
                deliveries,
                session == null || flow == null ? null : flow(session, flow),
                what(event));
    }

    private static EventRow row(SessionId session, SessionEvent event) {
        @Nullable AdapterEvent told =
                event.what() instanceof What.Adapter(AdapterEvent said) ? said : null;
        @Nullable Payload payload = told == null ? null : payload(told.what());
        @Nullable InputPosition input = event.input();
        return new EventRow(
                session,
                event.sequence(),
                event.what().getClass().getSimpleName(),
                event.stamp().ownerEpoch(),
                event.stamp().nowMicros(),
                event.verdict().name(),
                event.detail().isEmpty() ? null : event.detail(),
                told == null
                        ? null
                        : new EventRow.Adapter(
                                told.instance().value(),
                                told.run().value(),
                                told.sequence(),
                                told.capturedAtMicros(),
                                payload == null ? 0 : Integer.toUnsignedLong(payload.crc32c())),
                event.flow() == null ? null : event.flow().number(),
                event.flow() == null ? null : event.flow().fromOpener(),
                payload == null ? null : payload.bytes(),
                null,
                input == null
                        ? null
                        : new EventRow.Input(input.topic(), input.partition(), input.offset()),
                null);
    }

    private static @Nullable Payload payload(Happening what) {
        return switch (what) {
            case Happening.FlowData data -> data.payload();
            case Happening.Datagram datagram -> datagram.payload();
            case Happening.Injected injected -> injected.payload();
            case Happening.RunStarted _,
                    Happening.RunStopped _,
                    Happening.FlowOpened _,
                    Happening.InFlow _,
                    Happening.DatagramsMissed _,
                    Happening.StrangerSeen _,
                    Happening.FreezeAnswered _,
                    Happening.Malformed _ ->
                    null;
        };
    }

    private static FlowRow flow(SessionId session, SessionFlow flow) {
        return new FlowRow(
                session,
                flow.number(),
                flow.reference() == null ? "udp" : "tcp",
                end(flow.opener()),
                end(flow.target()),
                flow.reference());
    }

    private static FlowRow.End end(FlowEnd end) {
        return new FlowRow.End(
                end.instance() == null ? null : end.instance().value(),
                end.endpoint().address(),
                end.endpoint().port());
    }

    private static LogEntry.What what(SessionEvent event) {
        return switch (event.what()) {
            case What.Adapter(AdapterEvent told) -> what(told, event.verdict());
            case What.Started(long ordinal) -> new LogEntry.What.SessionStart(ordinal);
            case What.Ended(var reason) ->
                    new LogEntry.What.SessionEnd(reason.name().toLowerCase(Locale.ROOT));
            case What.RulesChanged _ -> new LogEntry.What.Nothing();
        };
    }

    private static LogEntry.What what(AdapterEvent told, Verdict verdict) {
        return switch (told.what()) {
            case Happening.RunStarted _ -> new LogEntry.What.RunStart(run(told));
            case Happening.RunStopped _ ->
                    new LogEntry.What.RunStop(
                            told.run().value(), told.instance().value(), told.capturedAtMicros());
            case Happening.FlowOpened _ ->
                    verdict == Verdict.UNDELIVERABLE
                            ? new LogEntry.What.FlowEnd("unreachable")
                            : new LogEntry.What.Nothing();
            case Happening.FlowRefused _ -> new LogEntry.What.FlowEnd("refused");
            case Happening.FlowHalfClosed _ -> new LogEntry.What.HalfClose();
            case Happening.FlowReset _ -> new LogEntry.What.FlowEnd("reset");
            case Happening.FlowAccepted _,
                    Happening.FlowData _,
                    Happening.FlowStalled _,
                    Happening.FlowDrained _,
                    Happening.FlowConfirmed _,
                    Happening.Datagram _,
                    Happening.Injected _,
                    Happening.DatagramsMissed _,
                    Happening.StrangerSeen _,
                    Happening.FreezeAnswered _,
                    Happening.Malformed _ ->
                    new LogEntry.What.Nothing();
        };
    }

    private static RunRow run(AdapterEvent told) {
        return new RunRow(
                told.run().value(),
                told.lab().value(),
                told.instance().value(),
                null,
                "{}",
                null,
                "",
                "socket",
                told.capturedAtMicros());
    }

    static ReceiptRow receipt(Said said) {
        var command = said.receipt().command();
        return new ReceiptRow(
                RunId.parse(command.targetRun()).value(),
                command.sequence(),
                said.instance().value(),
                said.run().value(),
                command.sessionId().isEmpty() ? null : SessionId.parse(command.sessionId()),
                command.sessionSequence(),
                said.receipt().outcome().name(),
                0,
                said.receipt().payloadBytes(),
                said.receipt().detail());
    }
}
