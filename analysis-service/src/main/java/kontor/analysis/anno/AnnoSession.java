package kontor.analysis.anno;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kontor.analysis.analyzer.Message;
import kontor.analysis.analyzer.Route;
import kontor.analysis.analyzer.SessionAnalysis;
import kontor.analysis.analyzer.SessionInput;
import kontor.analysis.analyzer.SessionInput.Datagram;
import kontor.analysis.analyzer.SessionInput.FlowBroken;
import kontor.analysis.analyzer.SessionInput.SessionEnded;
import kontor.analysis.analyzer.SessionInput.Silent;
import kontor.analysis.analyzer.SessionInput.StreamData;
import kontor.analysis.analyzer.SessionInput.StreamEnded;
import kontor.analysis.directplay.DirectPlay;
import kontor.analysis.directplay.MessageSearch;
import kontor.analysis.dissect.Dissection;
import kontor.analysis.reassembly.FlowDirection;
import kontor.analysis.reassembly.Piece;
import kontor.analysis.reassembly.StreamBoundary;
import kontor.vocabulary.Bytes;
import kontor.vocabulary.FlowReference;
import org.jspecify.annotations.Nullable;

/** One session: its open streams, and the ids that it has explained so far. */
final class AnnoSession implements SessionAnalysis {

    /** Boundaries that are handed on from session to session at most. */
    private static final int BOUNDARIES_LIMIT = 1024;

    private final DirectPlay directPlay;
    private final MessageSearch search;
    private final Limits limits;
    private final KnownIds ids = new KnownIds();
    private final Fragments fragments;
    private final Map<FlowDirection, Stream> streams = new HashMap<>();

    /** Of the session before, or of this one once it has ended. */
    private final List<StreamBoundary> boundaries;

    /** One direction, and how it is called outside of this session. */
    private record Stream(@Nullable FlowReference reference, StreamMessages messages) {}

    AnnoSession(
            DirectPlay directPlay,
            MessageSearch search,
            Limits limits,
            List<StreamBoundary> before) {
        this.directPlay = directPlay;
        this.search = search;
        this.limits = limits;
        this.fragments = new Fragments(limits);
        this.boundaries = new ArrayList<>(before);
    }

    @Override
    public List<Message> on(SessionInput input) {
        return switch (input) {
            case StreamData data -> onData(data);
            case Datagram datagram -> onDatagram(datagram);
            case StreamEnded ended -> end(ended.direction());
            case FlowBroken broken -> {
                List<Message> cut = new ArrayList<>(end(new FlowDirection(broken.flow(), true)));
                cut.addAll(end(new FlowDirection(broken.flow(), false)));
                yield cut;
            }
            case SessionEnded _ -> endAll();
            case Silent _ -> List.of();
        };
    }

    @Override
    public List<StreamBoundary> boundaries() {
        keepBoundaries();
        int surplus = Math.max(0, boundaries.size() - BOUNDARIES_LIMIT);
        return List.copyOf(boundaries.subList(surplus, boundaries.size()));
    }

    private List<Message> onData(StreamData data) {
        return streams.computeIfAbsent(data.direction(), _ -> begin(data)).messages.on(data);
    }

    private Stream begin(StreamData data) {
        FlowDirection direction = data.direction();
        StreamMessages messages =
                new StreamMessages(direction.flow(), data.route(), limits, search, dissector(data));
        Optional<StreamBoundary> before =
                Optional.ofNullable(data.reference())
                        .flatMap(reference ->
                                boundaries.stream()
                                        .filter(b -> b.isOf(reference, direction.fromOpener()))
                                        .findFirst());
        before.ifPresent(boundaries::remove);
        return new Stream(
                data.reference(),
                before.isPresent()
                        ? messages.from(data.streamOffset(), before.get())
                        : messages.from(data.streamOffset()));
    }

    private StreamMessages.Dissector dissector(StreamData first) {
        return new StreamMessages.Dissector() {
            @Override
            public Dissection whole(Bytes message) {
                return ids.read(id -> directPlay.onStream(message, id));
            }

            @Override
            public Dissection begun(Bytes bytes) {
                return directPlay.onStream(bytes, ids.now());
            }

            @Override
            public Optional<Message> reassembled(Dissection message, Piece piece) {
                return onFragment(first.direction().flow(), first.route(), message, piece);
            }
        };
    }

    private List<Message> onDatagram(Datagram datagram) {
        Piece piece = Piece.of(datagram.sequence(), datagram.payload());
        Optional<Dissection> found =
                directPlay
                        .onDatagram(datagram.payload(), ids.now())
                        .map(first ->
                                ids.learn(
                                        first,
                                        id ->
                                                directPlay
                                                        .onDatagram(datagram.payload(), id)
                                                        .orElse(first)));
        int flow = datagram.flow();
        Route route = datagram.route();
        if (found.isEmpty()) {
            return List.of(Message.unknown(flow, route, "DATAGRAM", piece, Optional.empty()));
        }
        List<Message> messages = new ArrayList<>();
        messages.add(Message.of(flow, route, piece, found.get()));
        onFragment(flow, route, found.get(), piece).ifPresent(messages::add);
        return messages;
    }

    /** The message that is whole with this fragment, if it is one. */
    private Optional<Message> onFragment(int flow, Route route, Dissection message, Piece piece) {
        return DirectPlay.fragmentIn(message)
                .flatMap(held -> fragments.add(route.from(), held, piece))
                .map(whole -> {
                    Dissection found = ids.read(id -> directPlay.onReassembled(whole.bytes(), id));
                    return Message.of(flow, route, whole, found).reassembled();
                });
    }

    private List<Message> end(FlowDirection direction) {
        Stream stream = streams.remove(direction);
        return stream == null ? List.of() : stream.messages.end("the stream ended");
    }

    private List<Message> endAll() {
        keepBoundaries();
        List<Message> cut = new ArrayList<>();
        openStreams()
                .forEach(direction -> {
                    Stream stream = streams.remove(direction);
                    if (stream != null) {
                        cut.addAll(stream.messages.end("the session ended"));
                    }
                });
        return cut;
    }

    private void keepBoundaries() {
        for (FlowDirection direction : openStreams()) {
            Stream stream = streams.get(direction);
            if (stream != null && stream.reference != null) {
                boundaries.removeIf(b -> b.isOf(stream.reference, direction.fromOpener()));
                boundaries.add(stream.messages.boundary(stream.reference, direction.fromOpener()));
            }
        }
    }

    /** In an order that does not depend on chance. */
    private List<FlowDirection> openStreams() {
        return streams.keySet().stream()
                .sorted(
                        Comparator.comparingInt(FlowDirection::flow)
                                .thenComparing(FlowDirection::fromOpener))
                .toList();
    }
}
