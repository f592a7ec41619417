package kontor.launcher.chaos;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import kontor.lab.Lab;
import kontor.launcher.gateway.InterceptionClient;
import kontor.players.chaos.Recorded;
import kontor.players.traffic.Copies;
import kontor.players.traffic.Stamp;
import kontor.vocabulary.Bytes;
import kontor.vocabulary.SessionId;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads from a recording what became of packets that rules and people meddled with. */
final class RecordedRules {

    /** The newest packets that a trial looks at. */
    private static final long TRIAL_SEES = 50_000;

    private final InterceptionClient gateway;
    private final Lab lab;
    private final SessionId session;

    RecordedRules(InterceptionClient gateway, Lab lab, SessionId session) {
        this.gateway = gateway;
        this.lab = lab;
        this.session = session;
    }

    /**
     * All of it.
     *
     * @throws IOException if the gateway does not answer, or what it answers makes no sense
     */
    Recorded read(String rules, int numberedPort, int injectedPort)
            throws IOException, InterruptedException {
        JsonNode trial = gateway.trial(session, rules);
        return new Recorded(
                copies(numberedPort),
                injected(injectedPort),
                gateway.events(session, "event.type == \"flow_data\" and verdict == \"mutated\"")
                        .size(),
                gateway.events(session, "verdict == \"held\"").size(),
                gateway.waiting(lab.name().value()),
                new Recorded.Trial(
                        trial.get("events").asLong() < TRIAL_SEES,
                        trial.get("changed").asLong(),
                        trial.get("lost").asLong()));
    }

    private List<Copies> copies(int port) throws IOException, InterruptedException {
        List<Copies> copies = new ArrayList<>();
        String filter =
                "udp.dstport == %d and (verdict == \"dropped\" or verdict == \"mutated\")"
                        .formatted(port);
        for (JsonNode event : gateway.events(session, filter)) {
            copies.add(copies(gateway.event(session, event.get("sequence").asLong())));
        }
        return copies;
    }

    private Copies copies(JsonNode event) throws IOException {
        byte[] bytes = Bytes.ofHex(event.at("/original/hex").asString()).toByteArray();
        @Nullable Stamp stamp = Stamp.read(bytes, 0, bytes.length);
        if (stamp == null) {
            throw new IOException("no numbered packet: " + event);
        }
        int copies = 0;
        for (JsonNode delivery : event.get("deliveries")) {
            copies += delivery.get("copies").asInt();
        }
        return new Copies(
                lab.instances().get(stamp.from()).name(),
                lab.instances().get(stamp.to()).name(),
                stamp.number(),
                copies);
    }

    private List<Bytes> injected(int port) throws IOException, InterruptedException {
        String filter = "verdict == \"injected\" and udp.dstport == " + port;
        return gateway.events(session, filter).stream()
                .map(event -> Bytes.ofHex(event.get("head").asString()))
                .toList();
    }
}
