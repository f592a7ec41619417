package kontor.captures.export;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kontor.captures.reading.Capture;
import kontor.captures.reading.CaptureException;
import kontor.captures.reading.CaptureFile;
import kontor.vocabulary.Bytes;
import org.jspecify.annotations.Nullable;

/** Builds the events of a session between game1 and game2, and the capture that is made of them. */
final class Recorded {

    static final InetSocketAddress GAME1 = end("127.1.0.1", 2350);
    static final InetSocketAddress GAME2 = end("127.1.0.2", 2300);

    private List<InstanceNetwork> networks =
            List.of(
                    new InstanceNetwork(
                            "game1", Map.of("game1", "127.1.0.1", "game2", "127.1.0.2")),
                    new InstanceNetwork(
                            "game2", Map.of("game2", "127.2.0.2", "game1", "127.2.0.1")));

    final List<RecordedEvent> events = new ArrayList<>();
    private final Map<String, Long> offsets = new HashMap<>();
    private boolean analysed = true;
    private List<String> notes = List.of();
    private boolean wanted = true;

    static InetSocketAddress end(String address, int port) {
        return new InetSocketAddress(InetAddress.ofLiteral(address), port);
    }

    static RecordedFlow tcp(int number) {
        return flow(number, true, "game1", GAME1, "game2", GAME2);
    }

    static RecordedFlow udp(int number) {
        return flow(number, false, "game1", GAME1, "game2", GAME2);
    }

    static RecordedFlow flow(
            int number,
            boolean tcp,
            String opener,
            InetSocketAddress from,
            String target,
            InetSocketAddress to) {
        return new RecordedFlow(
                number, tcp, new RecordedFlow.End(opener, from), new RecordedFlow.End(target, to));
    }

    /** In place of 127.1.0.1 and its like. */
    Recorded in(InstanceNetwork... of) {
        networks = List.of(of);
        return this;
    }

    Recorded notAnalysed() {
        analysed = false;
        return this;
    }

    /** At the next event. */
    Recorded noted(String... texts) {
        notes = List.of(texts);
        return this;
    }

    Recorded wanted(boolean all) {
        wanted = all;
        return this;
    }

    Recorded said(String type, RecordedFlow flow, boolean fromOpener) {
        return event(type, flow, fromOpener, "relayed", "", -1, Bytes.empty(), null, List.of());
    }

    Recorded opened(RecordedFlow flow) {
        return said("flow_opened", flow, true);
    }

    Recorded wrote(RecordedFlow flow, boolean fromOpener, Bytes bytes, RecordedEvent.Range... of) {
        long at = offsets.merge(flow.number() + " " + fromOpener, 0L, Long::sum);
        offsets.merge(flow.number() + " " + fromOpener, (long) bytes.length(), Long::sum);
        return event("flow_data", flow, fromOpener, "relayed", "", at, bytes, null, List.of(of));
    }

    Recorded sent(RecordedFlow flow, boolean fromOpener, Bytes bytes) {
        return event("datagram", flow, fromOpener, "relayed", "", -1, bytes, null, List.of());
    }

    Recorded event(
            String type,
            @Nullable RecordedFlow flow,
            boolean fromOpener,
            String verdict,
            String detail,
            long offset,
            Bytes payload,
            @Nullable Bytes delivered,
            List<RecordedEvent.Range> messages) {
        int sequence = events.size() + 1;
        String instance = flow == null ? "" : flow.end(fromOpener).instance();
        String receiver = flow == null ? "" : flow.end(!fromOpener).instance();
        events.add(
                new RecordedEvent(
                        sequence,
                        type,
                        1_790_000_000_000_000L + 1000L * sequence,
                        instance,
                        verdict,
                        detail,
                        flow,
                        fromOpener,
                        offset,
                        0,
                        payload,
                        delivered == null
                                ? List.of()
                                : List.of(new RecordedEvent.Told(receiver, delivered, 1)),
                        messages,
                        analysed,
                        wanted,
                        notes));
        notes = List.of();
        return this;
    }

    /** What instances were told in place of the last event's payload. */
    Recorded told(RecordedEvent.Told... told) {
        RecordedEvent last = events.removeLast();
        events.add(
                new RecordedEvent(
                        last.sequence(),
                        last.type(),
                        last.atMicros(),
                        last.instance(),
                        last.verdict(),
                        last.verdictDetail(),
                        last.flow(),
                        last.fromOpener(),
                        last.streamOffset(),
                        last.missed(),
                        last.payload(),
                        List.of(told),
                        last.messages(),
                        last.analysed(),
                        last.wanted(),
                        last.notes()));
        return this;
    }

    Bytes file() {
        SessionCapture capture = new SessionCapture("Kontor", "a test", networks);
        Bytes file = Bytes.empty();
        for (RecordedEvent event : events) {
            capture.on(event);
            file = file.plus(capture.take());
        }
        capture.end();
        return file.plus(capture.take());
    }

    Capture capture() throws CaptureException {
        return CaptureFile.parse(file());
    }
}
