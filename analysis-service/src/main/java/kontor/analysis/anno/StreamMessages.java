package kontor.analysis.anno;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import kontor.analysis.analyzer.Message;
import kontor.analysis.analyzer.Route;
import kontor.analysis.analyzer.SessionInput.StreamData;
import kontor.analysis.directplay.Framing;
import kontor.analysis.directplay.Framing.Frame;
import kontor.analysis.dissect.Dissection;
import kontor.analysis.reassembly.Piece;
import kontor.analysis.reassembly.StreamBuffer;
import kontor.vocabulary.Bytes;

/**
 * One direction of a TCP flow: cuts what comes into messages, however they are joined or cut into
 * events. A stream that is not DirectPlay's, or that wants to be held beyond the limits, is given
 * up for good: from then on each event is a message of protocol "data".
 */
final class StreamMessages {

    private static final String UNKNOWN = "STREAM";

    private final int flow;
    private final Route route;
    private final Limits limits;
    private final Function<Bytes, Dissection> dissect;
    private final StreamBuffer buffer = new StreamBuffer();
    private long nextOffset;
    private boolean isForeign;

    StreamMessages(
            int flow,
            Route route,
            long firstOffset,
            Limits limits,
            Function<Bytes, Dissection> dissect) {
        this.flow = flow;
        this.route = route;
        this.nextOffset = firstOffset;
        this.limits = limits;
        this.dissect = dissect;
    }

    List<Message> on(StreamData data) {
        List<Message> found = new ArrayList<>();
        long missing = data.streamOffset() - nextOffset;
        if (missing > 0) {
            found.addAll(end("%d bytes of the stream are missing".formatted(missing)));
        }
        int known = Math.clamp(-missing, 0, data.payload().length());
        nextOffset = Math.max(nextOffset, data.streamOffset() + data.payload().length());
        buffer.append(data.sequence(), known, data.payload().from(known));
        cut(found);
        return found;
    }

    /** Nothing follows what is here. */
    List<Message> end(String why) {
        if (buffer.isEmpty()) {
            return List.of();
        }
        Frame frame = Framing.next(buffer.peek(Framing.WANTED));
        Piece rest = buffer.takeAll();
        if (frame instanceof Frame.Message(int length)) {
            String problem =
                    "%s after %d of %d bytes".formatted(why, rest.bytes().length(), length);
            Dissection begun = dissect.apply(rest.bytes());
            return List.of(Message.truncated(flow, route, rest, begun, problem));
        }
        return List.of(Message.unknown(flow, route, UNKNOWN, rest, Optional.of(why)));
    }

    private void cut(List<Message> found) {
        while (!buffer.isEmpty() && !isForeign) {
            switch (Framing.next(buffer.peek(Framing.WANTED))) {
                case Frame.Message(int length) -> {
                    if (length > buffer.length()) {
                        giveUpBeyondLimits(length, found);
                        return;
                    }
                    Piece piece = buffer.take(length);
                    found.add(Message.of(flow, route, piece, dissect.apply(piece.bytes())));
                }
                case Frame.Undecided() -> {
                    return;
                }
                case Frame.Foreign(String reason) -> giveUp(reason, found);
            }
        }
        if (!buffer.isEmpty()) {
            found.add(Message.unknown(flow, route, UNKNOWN, buffer.takeAll(), Optional.empty()));
        }
    }

    private void giveUpBeyondLimits(int length, List<Message> found) {
        if (length > limits.streamBytes()) {
            giveUp("a message of %d bytes is more than is held".formatted(length), found);
        } else if (buffer.parts() >= limits.streamParts()) {
            giveUp("a message is spread over too many events", found);
        }
    }

    private void giveUp(String reason, List<Message> found) {
        isForeign = true;
        Optional<String> problem = Optional.of("not taken apart: " + reason);
        found.add(Message.unknown(flow, route, UNKNOWN, buffer.takeAll(), problem));
    }
}
