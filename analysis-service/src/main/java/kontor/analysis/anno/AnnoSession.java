package kontor.analysis.anno;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kontor.analysis.analyzer.Message;
import kontor.analysis.analyzer.SessionAnalysis;
import kontor.analysis.analyzer.SessionInput;
import kontor.analysis.analyzer.SessionInput.Datagram;
import kontor.analysis.analyzer.SessionInput.FlowBroken;
import kontor.analysis.analyzer.SessionInput.SessionEnded;
import kontor.analysis.analyzer.SessionInput.Silent;
import kontor.analysis.analyzer.SessionInput.StreamData;
import kontor.analysis.analyzer.SessionInput.StreamEnded;
import kontor.analysis.directplay.DirectPlay;
import kontor.analysis.dissect.Dissection;
import kontor.analysis.reassembly.FlowDirection;
import kontor.analysis.reassembly.Piece;

/** One session: its open streams, and the ids that it has explained so far. */
final class AnnoSession implements SessionAnalysis {

    private final DirectPlay directPlay;
    private final Limits limits;
    private final KnownIds ids = new KnownIds();
    private final Map<FlowDirection, StreamMessages> streams = new HashMap<>();

    AnnoSession(DirectPlay directPlay, Limits limits) {
        this.directPlay = directPlay;
        this.limits = limits;
    }

    @Override
    public List<Message> on(SessionInput input) {
        return switch (input) {
            case StreamData data -> onData(data);
            case Datagram datagram -> List.of(onDatagram(datagram));
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

    private List<Message> onData(StreamData data) {
        return streams.computeIfAbsent(
                        data.direction(),
                        direction ->
                                new StreamMessages(
                                        direction.flow(),
                                        data.route(),
                                        data.streamOffset(),
                                        limits,
                                        bytes -> ids.read(id -> directPlay.onStream(bytes, id))))
                .on(data);
    }

    private Message onDatagram(Datagram datagram) {
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
        return found.map(dissection ->
                        Message.of(datagram.flow(), datagram.route(), piece, dissection))
                .orElseGet(() ->
                        Message.unknown(
                                datagram.flow(),
                                datagram.route(),
                                "DATAGRAM",
                                piece,
                                Optional.empty()));
    }

    private List<Message> end(FlowDirection direction) {
        StreamMessages stream = streams.remove(direction);
        return stream == null ? List.of() : stream.end("the stream ended");
    }

    private List<Message> endAll() {
        List<Message> cut = new ArrayList<>();
        streams.keySet().stream()
                .sorted(
                        Comparator.comparingInt(FlowDirection::flow)
                                .thenComparing(FlowDirection::fromOpener))
                .toList()
                .forEach(direction -> cut.addAll(end(direction)));
        return cut;
    }
}
