package kontor.analysis.anno;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import kontor.analysis.TreeInvariants;
import kontor.analysis.analyzer.Completeness;
import kontor.analysis.analyzer.Message;
import kontor.analysis.analyzer.Route;
import kontor.analysis.analyzer.SessionAnalysis;
import kontor.analysis.analyzer.SessionInput;
import kontor.analysis.reassembly.FlowDirection;
import kontor.analysis.reassembly.StreamBoundary;
import kontor.vocabulary.Bytes;
import kontor.vocabulary.FlowReference;
import kontor.vocabulary.RunId;

/** One direction of a stream under analysis: what goes in, and what came out with which bytes. */
final class Streams {

    static final Limits LIMITS = new Limits(1 << 20, 4096, 16 * 1024, 4000);
    static final FlowReference FLOW = new FlowReference(new RunId(new UUID(0, 7)), 1);

    private static final Route ROUTE = new Route("game1", "game2");
    private static final FlowDirection DIRECTION = new FlowDirection(1, true);

    private final SessionAnalysis session;
    private final List<Bytes> events = new ArrayList<>();
    private final List<Message> found = new ArrayList<>();
    private long offset;

    Streams() {
        this(0, List.of());
    }

    Streams(long firstOffset, List<StreamBoundary> before) {
        session = new AnnoAnalyzer("test", LIMITS).open(before);
        offset = firstOffset;
    }

    /** What a message was, and its bytes. */
    record Found(String type, Completeness completeness, Bytes bytes) {}

    Streams write(Bytes payload) {
        events.add(payload);
        found.addAll(
                session.on(
                        new SessionInput.StreamData(
                                events.size(), DIRECTION, FLOW, ROUTE, offset, payload)));
        offset += payload.length();
        return this;
    }

    Streams writeAll(List<Bytes> payloads) {
        payloads.forEach(this::write);
        return this;
    }

    /** These bytes never come. */
    Streams lose(int bytes) {
        offset += bytes;
        return this;
    }

    Streams end() {
        found.addAll(session.on(new SessionInput.StreamEnded(events.size() + 1, DIRECTION)));
        checkThatEachByteCameOutOnce();
        return this;
    }

    Streams endSession() {
        found.addAll(session.on(new SessionInput.SessionEnded(events.size() + 1)));
        checkThatEachByteCameOutOnce();
        return this;
    }

    List<StreamBoundary> boundaries() {
        return session.boundaries();
    }

    List<Message> messages() {
        return found;
    }

    /** All that came out. */
    List<Found> found() {
        return found.stream().map(m -> new Found(m.type(), m.completeness(), bytesOf(m))).toList();
    }

    /** The bytes of the messages that came out whole. */
    List<Bytes> whole() {
        return found().stream()
                .filter(m -> m.completeness == Completeness.WHOLE)
                .map(Found::bytes)
                .toList();
    }

    /** The bytes of the skipped ranges, those without a gap between joined. */
    List<Bytes> skipped() {
        List<Bytes> skipped = new ArrayList<>();
        boolean isOpen = false;
        for (Found item : found()) {
            boolean isSkipped = item.type.equals("SKIPPED");
            if (isSkipped && isOpen) {
                skipped.add(skipped.removeLast().plus(item.bytes));
            } else if (isSkipped) {
                skipped.add(item.bytes);
            }
            isOpen = isSkipped;
        }
        return skipped;
    }

    static Bytes join(List<Bytes> parts) {
        if (parts.size() == 1) {
            return parts.getFirst();
        }
        ByteBuffer joined = ByteBuffer.allocate(parts.stream().mapToInt(Bytes::length).sum());
        parts.forEach(part -> joined.put(part.asByteBuffer()));
        return Bytes.owning(joined.array());
    }

    static Bytes junk(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return Bytes.owning(bytes);
    }

    private Bytes bytesOf(Message message) {
        return join(
                message.spans().stream()
                        .map(s ->
                                events.get((int) s.sessionSequence() - 1)
                                        .slice(s.offset(), s.length()))
                        .toList());
    }

    private void checkThatEachByteCameOutOnce() {
        assertThat(join(found().stream().map(Found::bytes).toList())).isEqualTo(join(events));
        found.forEach(message -> {
            TreeInvariants.check(message.fields(), message.length());
            if (message.completeness() != Completeness.WHOLE && message.problem().isEmpty()) {
                throw new AssertionError("without a reason: " + message.summary());
            }
        });
    }
}
