package kontor.orchestrator.sequencer;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kontor.rewriting.AddressBook;
import kontor.rewriting.AddressBook.Network;
import kontor.rewriting.Pieces;
import kontor.rewriting.StreamState;
import kontor.vocabulary.AddressRewriting;
import kontor.vocabulary.Bytes;
import kontor.vocabulary.FlowReference;
import kontor.vocabulary.InstanceName;
import org.jspecify.annotations.Nullable;

/**
 * What a lab's state knows of the rewriting of addresses: who has which, and where it is in each
 * stream. A fold over session events; nothing is rewritten for it.
 */
final class RewritingState {

    private final Map<Direction, StreamState> streams = new HashMap<>();
    private final Map<InstanceName, Pieces> pieces = new HashMap<>();
    private @Nullable AddressBook book;

    /** What one end of a TCP flow writes. */
    private record Direction(FlowReference flow, boolean fromOpener) {}

    /** For one lab; empty as long as nothing was folded. */
    RewritingState() {}

    static RewritingState of(LabCheckpoint.Rewriting checkpoint) {
        RewritingState state = new RewritingState();
        checkpoint
                .streams()
                .forEach(of ->
                        state.streams.put(new Direction(of.flow(), of.fromOpener()), of.stream()));
        state.pieces.putAll(checkpoint.pieces());
        return state;
    }

    LabCheckpoint.Rewriting checkpoint() {
        return new LabCheckpoint.Rewriting(
                streams.entrySet().stream()
                        .map(entry ->
                                new LabCheckpoint.StreamOf(
                                        entry.getKey().flow(),
                                        entry.getKey().fromOpener(),
                                        entry.getValue()))
                        .toList(),
                pieces);
    }

    /** These are the live runs from now on. */
    void runs(Collection<Run> live) {
        List<Network> networks = new ArrayList<>();
        boolean always = false;
        boolean automatic = false;
        for (Run run : live) {
            networks.add(network(run));
            always |= run.addresses().rewriting() == AddressRewriting.ON;
            automatic |= run.addresses().rewriting() == AddressRewriting.AUTO;
        }
        AddressBook next = AddressBook.of(networks);
        book = always || (automatic && next.networksDiffer()) ? next : null;
    }

    private static Network network(Run run) {
        List<Bytes> own = new ArrayList<>();
        if (!run.addresses().own().isEmpty()) {
            own.add(run.addresses().own());
        }
        own.addAll(run.addresses().others());
        Map<InstanceName, Bytes> peers = new HashMap<>();
        run.addresses().peers().forEach((address, instance) -> peers.put(instance, address));
        return new Network(run.instance(), own, peers);
    }

    /** Null while nothing is rewritten. */
    @Nullable AddressBook book() {
        return book;
    }

    void wrote(FlowReference flow, boolean fromOpener, AddressTrace trace) {
        if (trace.stream() == null) {
            ended(flow, fromOpener);
        } else {
            streams.put(new Direction(flow, fromOpener), trace.stream());
        }
    }

    void sent(InstanceName instance, AddressTrace trace) {
        if (trace.pieces() != null) {
            pieces.put(instance, trace.pieces());
        }
    }

    /** Nothing more comes of what this end writes. */
    void ended(FlowReference flow, boolean fromOpener) {
        if (!streams.isEmpty()) {
            streams.remove(new Direction(flow, fromOpener));
        }
    }

    /** The flow is over. */
    void forget(FlowReference flow) {
        ended(flow, true);
        ended(flow, false);
    }

    StreamState stream(FlowReference flow, boolean fromOpener) {
        return streams.isEmpty()
                ? StreamState.START
                : streams.getOrDefault(new Direction(flow, fromOpener), StreamState.START);
    }

    Pieces pieces(InstanceName instance) {
        return pieces.getOrDefault(instance, Pieces.NONE);
    }

    /** Whether nothing is held back, or still to be skipped, of what this end writes. */
    boolean isBetweenMessages(FlowReference flow, boolean fromOpener) {
        StreamState stream = stream(flow, fromOpener);
        return stream.begun().isEmpty() && stream.skip() == 0;
    }
}
