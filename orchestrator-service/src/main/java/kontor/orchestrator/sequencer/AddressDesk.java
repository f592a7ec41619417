package kontor.orchestrator.sequencer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import kontor.orchestrator.sequencer.AddressTrace.Nobodys;
import kontor.orchestrator.sequencer.Interceptor.Intercepted;
import kontor.rewriting.AddressBook;
import kontor.rewriting.AddressRewriter;
import kontor.rewriting.Change;
import kontor.rewriting.Pieces;
import kontor.rewriting.Rewritten;
import kontor.rewriting.StreamRewriter;
import kontor.rewriting.StreamRewriter.Step;
import kontor.rewriting.StreamState;
import kontor.rewriting.Warning;
import kontor.rewriting.Way;
import kontor.vocabulary.Bytes;
import kontor.vocabulary.FlowReference;
import kontor.vocabulary.InstanceName;
import org.jspecify.annotations.Nullable;

/**
 * Gives what is passed on the addresses of each receiver's network, after the rules have acted:
 * they see what the sender wrote. Where the lab's networks do not differ nothing is looked at.
 */
final class AddressDesk {

    /** So many changes are named in the detail of an event; so many warnings are kept. */
    private static final int NAMED = 4;

    private final RewritingState rewriting;
    private final InstanceName from;
    private final Intercepted passed;
    private final Map<InstanceName, Altered> altered;
    private final List<Change> changes = new ArrayList<>();
    private final Set<String> warnings = new LinkedHashSet<>();
    private final Set<Nobodys> nobodys = new LinkedHashSet<>();

    private AddressDesk(LabState state, AdapterEvent event, Intercepted passed) {
        this.rewriting = state.rewriting();
        this.from = event.instance();
        this.passed = passed;
        this.altered = new LinkedHashMap<>(passed.altered());
    }

    /** What is passed on, and what is to be known when more comes. */
    record Addressed(Intercepted passed, AddressTrace trace) {}

    static Addressed address(
            LabState state, AdapterEvent event, @Nullable SessionFlow flow, Intercepted passed) {
        if (flow == null || event.imported()) {
            return new Addressed(passed, AddressTrace.NONE);
        }
        AddressDesk desk = new AddressDesk(state, event, passed);
        return switch (event.what()) {
            case Happening.Datagram datagram -> desk.datagram(datagram);
            case Happening.FlowData data -> desk.data(data, flow.fromOpener());
            case Happening.FlowHalfClosed closed -> desk.ended(closed.flow(), flow.fromOpener());
            case Happening.FlowReset reset -> desk.ended(reset.flow(), flow.fromOpener());
            case Happening.RunStarted _,
                    Happening.RunStopped _,
                    Happening.FlowOpened _,
                    Happening.FlowAccepted _,
                    Happening.FlowRefused _,
                    Happening.FlowStalled _,
                    Happening.FlowDrained _,
                    Happening.FlowConfirmed _,
                    Happening.DatagramsMissed _,
                    Happening.StrangerSeen _,
                    Happening.FreezeAnswered _,
                    Happening.Injected _,
                    Happening.Malformed _ ->
                    new Addressed(passed, AddressTrace.NONE);
        };
    }

    /** Something that waited, as it goes on. */
    record Released(Bytes bytes, AddressTrace trace) {}

    /**
     * @param flow null for a datagram
     */
    static Released released(LabState state, Held held, @Nullable TcpFlow flow, Bytes bytes) {
        Held.Lane lane = held.lane();
        @Nullable AddressBook book = state.rewriting().book();
        if (flow != null) {
            boolean fromOpener = held.isFromOpener(flow);
            StreamState before = state.rewriting().stream(flow.reference(), fromOpener);
            return released(held, before, book, bytes);
        }
        if (book == null) {
            return new Released(bytes, AddressTrace.NONE);
        }
        Pieces before = state.rewriting().pieces(lane.from());
        Rewritten rewritten =
                AddressRewriter.datagram(bytes, new Way(lane.from(), lane.to()), book, before);
        Pieces after = rewritten.pieces();
        return new Released(
                rewritten.bytes(),
                new AddressTrace(null, after.equals(before) ? null : after, List.of()));
    }

    /** The end of a stream takes along what was held back of it. */
    private static Released released(
            Held held, StreamState before, @Nullable AddressBook book, Bytes bytes) {
        if (book == null) {
            return new Released(before.held().plus(bytes), AddressTrace.NONE);
        }
        Way way = new Way(held.lane().from(), held.lane().to());
        Step step = StreamRewriter.on(before, bytes, way, book);
        if (held.kind() != Held.Kind.DATA) {
            Bytes rest = StreamRewriter.end(step.after()).out();
            return new Released(step.out().plus(rest), AddressTrace.NONE);
        }
        StreamState after = step.after();
        return new Released(
                step.out(),
                new AddressTrace(after.equals(StreamState.START) ? null : after, null, List.of()));
    }

    private Addressed datagram(Happening.Datagram datagram) {
        @Nullable AddressBook book = rewriting.book();
        if (book == null) {
            return new Addressed(passed, AddressTrace.NONE);
        }
        Pieces before = rewriting.pieces(from);
        Pieces after = before;
        for (InstanceName to : passed.told()) {
            @Nullable Altered other = passed.altered().get(to);
            Bytes bytes = other == null ? datagram.payload().bytes() : other.bytes();
            Rewritten rewritten = AddressRewriter.datagram(bytes, new Way(from, to), book, before);
            after = rewritten.pieces();
            warn(rewritten.warnings(), to);
            if (!rewritten.changes().isEmpty()) {
                changes.addAll(rewritten.changes());
                altered.put(to, new Altered(rewritten.bytes(), other == null ? 1 : other.copies()));
            }
        }
        return addressed(null, after.equals(before) ? null : after);
    }

    private Addressed data(Happening.FlowData data, boolean fromOpener) {
        StreamState before = rewriting.stream(data.flow(), fromOpener);
        @Nullable AddressBook book = rewriting.book();
        if (passed.told().size() != 1) {
            // Nothing goes out: a closed flow, or one whose far end is gone.
            return new Addressed(passed, trace(before, null));
        }
        if (book == null && before.equals(StreamState.START)) {
            return new Addressed(passed, AddressTrace.NONE);
        }
        InstanceName to = passed.told().getFirst();
        @Nullable Altered other = passed.altered().get(to);
        Bytes bytes = other == null ? data.payload().bytes() : other.bytes();
        if (book == null) {
            // Not rewritten any more: what was held back goes out in front.
            put(to, bytes, before.held().plus(bytes));
            return addressed(null, null);
        }
        Step step = StreamRewriter.on(before, bytes, new Way(from, to), book);
        changes.addAll(step.changes());
        warn(step.warnings(), to);
        put(to, bytes, step.out());
        return addressed(step.after(), null);
    }

    /** What is held back goes out before the end, as it is. */
    private Addressed ended(FlowReference flow, boolean fromOpener) {
        StreamState before = rewriting.stream(flow, fromOpener);
        if (before.equals(StreamState.START) && passed.altered().isEmpty()) {
            return new Addressed(passed, AddressTrace.NONE);
        }
        @Nullable AddressBook book = rewriting.book();
        for (InstanceName to : passed.told()) {
            @Nullable Altered other = passed.altered().get(to);
            Bytes bytes = other == null ? Bytes.empty() : other.bytes();
            if (book == null) {
                put(to, bytes, before.held().plus(bytes));
            } else {
                Step step = StreamRewriter.on(before, bytes, new Way(from, to), book);
                put(to, bytes, step.out().plus(StreamRewriter.end(step.after()).out()));
            }
        }
        return new Addressed(
                new Intercepted(
                        passed.verdict(), passed.detail(), passed.told(), altered, passed.trace()),
                AddressTrace.NONE);
    }

    private void put(InstanceName to, Bytes sent, Bytes told) {
        if (!told.equals(sent)) {
            altered.put(to, new Altered(told, 1));
        }
    }

    private void warn(List<Warning> found, InstanceName to) {
        Way way = new Way(from, to);
        for (Warning warning : found) {
            if (warnings.size() < NAMED) {
                warnings.add(
                        "%s names %s: %s".formatted(from, warning.text(), warning.remedy(way)));
            }
            if (warning.kind() == Warning.Kind.NOBODYS && nobodys.size() < NAMED) {
                nobodys.add(new Nobodys(warning.address(), warning.place().part().field(), own()));
            }
        }
    }

    private Bytes own() {
        @Nullable AddressBook book = rewriting.book();
        @Nullable Bytes own = book == null ? null : book.seenBy(from, from);
        return own == null ? Bytes.empty() : own;
    }

    private Addressed addressed(@Nullable StreamState stream, @Nullable Pieces pieces) {
        boolean changed = !altered.equals(passed.altered());
        Verdict verdict =
                changed && passed.verdict() == Verdict.RELAYED ? Verdict.MUTATED : passed.verdict();
        return new Addressed(
                new Intercepted(verdict, detail(), passed.told(), altered, passed.trace()),
                trace(stream == null ? StreamState.START : stream, pieces));
    }

    private AddressTrace trace(StreamState stream, @Nullable Pieces pieces) {
        return new AddressTrace(
                stream.equals(StreamState.START) ? null : stream,
                pieces,
                List.copyOf(warnings),
                List.copyOf(nobodys));
    }

    /** For a person: what rules did, and which addresses became others. */
    private String detail() {
        if (changes.isEmpty()) {
            return passed.detail();
        }
        String named =
                changes.stream()
                        .limit(NAMED)
                        .map(Change::toString)
                        .collect(Collectors.joining(", ", "addresses: ", ""));
        String all =
                changes.size() <= NAMED
                        ? named
                        : "%s and %d more".formatted(named, changes.size() - NAMED);
        return passed.detail().isEmpty() ? all : passed.detail() + "; " + all;
    }
}
