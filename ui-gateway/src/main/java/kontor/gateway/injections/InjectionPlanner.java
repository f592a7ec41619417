package kontor.gateway.injections;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import kontor.gateway.http.ProblemException;
import kontor.gateway.http.ProblemKind;
import kontor.gateway.injections.InjectionArchive.Flow;
import kontor.gateway.injections.InjectionArchive.Packet;
import kontor.gateway.injections.InjectionPlan.Step;
import kontor.gateway.injections.InjectionPlan.Way;
import kontor.gateway.instances.InstanceBoard;
import kontor.gateway.instances.InstanceNetwork;
import kontor.gateway.instances.InstanceStatus;
import kontor.gateway.sessions.SessionSummary;
import kontor.vocabulary.Bytes;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Makes a plan of a request, or refuses it with the reason. What it cannot know (a flow that ends
 * meanwhile) the orchestrator refuses. Blocks.
 */
@Component
class InjectionPlanner {

    private static final int MOST_STEPS = 10_000;
    private static final int MOST_TIMES = 100_000;
    private static final int LONGEST_DATAGRAM = 65_507;
    private static final int LONGEST_WRITE = 1 << 20;

    private final InjectionArchive archive;
    private final InstanceBoard board;
    private final Clock clock;

    InjectionPlanner(InjectionArchive archive, InstanceBoard board, Clock clock) {
        this.archive = archive;
        this.board = board;
        this.clock = clock;
    }

    /**
     * @throws ProblemException with the reason
     */
    InjectionPlan plan(SessionSummary session, InjectionRequest request) {
        InstanceStatus from = running(session.lab(), request.from(), "from");
        int times = request.times() == null ? 1 : request.times();
        int every = request.everyMillis() == null ? 0 : request.everyMillis();
        bound("times", times, 1, MOST_TIMES);
        bound("everyMillis", every, 0, Integer.MAX_VALUE);
        Way way = way(session, request, from);
        List<Step> steps = steps(session, request, from.instance(), way instanceof Way.Stream);
        steps.forEach(step -> check(step.payload(), way));
        return new InjectionPlan(
                session.id(),
                session.lab(),
                from.instance(),
                way,
                steps,
                times,
                every,
                request.author() == null ? "" : request.author());
    }

    private InstanceStatus running(String lab, @Nullable String name, String parameter) {
        if (name == null) {
            throw ProblemKind.BAD_BODY.with("'%s' is missing: an instance".formatted(parameter));
        }
        return board.statuses().stream()
                .filter(status -> status.lab().equals(lab) && status.instance().equals(name))
                .filter(status -> board.isConnected(lab, name, status.run(), clock.instant()))
                .findFirst()
                .orElseThrow(() ->
                        ProblemKind.INJECTION_REFUSED.with(
                                "instance %s is not running in lab %s".formatted(name, lab)));
    }

    private Way way(SessionSummary session, InjectionRequest request, InstanceStatus from) {
        if (request.flow() == null) {
            InstanceStatus to = running(session.lab(), request.to(), "to");
            if (request.fromPort() == null || request.toPort() == null) {
                throw ProblemKind.BAD_BODY.with("needs a flow, or fromPort and toPort for UDP");
            }
            return datagrams(from, to, request.fromPort(), request.toPort());
        }
        Flow flow = existing(session, request.flow());
        boolean fromOpener = isOpener(flow, from.instance());
        @Nullable String far = fromOpener ? flow.target() : flow.opener();
        if (far == null) {
            throw ProblemKind.INJECTION_REFUSED.with(
                    "flow %d is a broadcast: name 'to', 'fromPort' and 'toPort' instead"
                            .formatted(flow.number()));
        }
        if (request.to() != null && !request.to().equals(far)) {
            throw ProblemKind.INJECTION_REFUSED.with(
                    "flow %d goes from %s to %s, not to %s"
                            .formatted(flow.number(), from.instance(), far, request.to()));
        }
        InstanceStatus to = running(session.lab(), far, "to");
        if (flow.reference() == null) {
            return datagrams(
                    from,
                    to,
                    fromOpener ? flow.openerPort() : flow.targetPort(),
                    fromOpener ? flow.targetPort() : flow.openerPort());
        }
        if (!flow.isOpen()) {
            throw ProblemKind.INJECTION_REFUSED.with("flow %d has ended".formatted(flow.number()));
        }
        return new Way.Stream(flow.number(), fromOpener, flow.reference());
    }

    private Flow existing(SessionSummary session, int flow) {
        return archive.flow(session.id(), flow)
                .orElseThrow(() ->
                        ProblemKind.INJECTION_REFUSED.with(
                                "session %s has no flow %d".formatted(session.id(), flow)));
    }

    private static boolean isOpener(Flow flow, String instance) {
        if (flow.opener().equals(instance)) {
            return true;
        }
        if (instance.equals(flow.target())) {
            return false;
        }
        throw ProblemKind.INJECTION_REFUSED.with(
                "%s is at neither end of flow %d".formatted(instance, flow.number()));
    }

    private static Way datagrams(InstanceStatus from, InstanceStatus to, int source, int target) {
        bound("fromPort", source, 1, 65_535);
        bound("toPort", target, 1, 65_535);
        InstanceNetwork network = from.network();
        @Nullable String peer = network.peers().get(to.instance());
        @Nullable String own = network.game();
        if (peer == null || own == null) {
            throw ProblemKind.INJECTION_REFUSED.with(
                    own == null
                            ? "the address of %s is not known yet: it has said nothing"
                                    .formatted(from.instance())
                            : "%s has no address for %s".formatted(from.instance(), to.instance()));
        }
        return new Way.Datagrams(
                new InetSocketAddress(InetAddress.ofLiteral(own), source),
                new InetSocketAddress(InetAddress.ofLiteral(peer), target));
    }

    private List<Step> steps(
            SessionSummary session, InjectionRequest request, String from, boolean stream) {
        if ((request.parts() == null) == (request.stored() == null)) {
            throw ProblemKind.BAD_BODY.with("needs either 'parts' or 'stored'");
        }
        List<Step> steps =
                request.parts() == null
                        ? stored(session, request.stored(), from, stream)
                        : request.parts().stream().map(part -> part(session, part)).toList();
        if (steps.isEmpty() || steps.size() > MOST_STEPS) {
            throw ProblemKind.INJECTION_REFUSED.with(
                    steps.isEmpty() ? "there is nothing to send" : "more than 10,000 packets");
        }
        return steps;
    }

    private Step part(SessionSummary session, InjectionRequest.Part part) {
        if ((part.hex() == null) == (part.event() == null)) {
            throw ProblemKind.BAD_BODY.with("a part needs either 'hex' or 'event'");
        }
        Bytes bytes =
                part.hex() != null
                        ? bytes(part.hex())
                        : archive.payload(session.id(), part.event())
                                .orElseThrow(() ->
                                        ProblemKind.NO_SUCH_EVENT.with(
                                                "session %s has no event %d with a payload"
                                                        .formatted(session.id(), part.event())));
        for (InjectionRequest.Edit edit :
                part.edits() == null ? List.<InjectionRequest.Edit>of() : part.edits()) {
            bytes = edited(bytes, edit);
        }
        int after = part.afterMillis() == null ? 0 : part.afterMillis();
        bound("afterMillis", after, 0, Integer.MAX_VALUE);
        return new Step(after, bytes);
    }

    private static Bytes edited(Bytes bytes, InjectionRequest.Edit edit) {
        Bytes other = bytes(edit.bytes());
        int at = edit.at() < 0 ? bytes.length() + edit.at() : edit.at();
        if (at < 0 || at + other.length() > bytes.length()) {
            throw ProblemKind.BAD_BODY.with(
                    "%d bytes at %d are not inside of %d"
                            .formatted(other.length(), edit.at(), bytes.length()));
        }
        return bytes.slice(0, at).plus(other).plus(bytes.from(at + other.length()));
    }

    private static Bytes bytes(String hex) {
        try {
            return Bytes.owning(HexFormat.of().parseHex(hex.replaceAll("\\s", "")));
        } catch (IllegalArgumentException e) {
            throw ProblemKind.BAD_BODY.with("not hexadecimal: " + e.getMessage());
        }
    }

    private List<Step> stored(
            SessionSummary session,
            InjectionRequest.@Nullable Stored stored,
            String from,
            boolean stream) {
        if (stored == null) {
            return List.of();
        }
        double speed = stored.speed() == null ? 1 : stored.speed();
        if (!(speed > 0)) {
            throw ProblemKind.BAD_BODY.with("'speed' has to be above 0");
        }
        Flow flow = existing(session, stored.flow());
        boolean opening = isOpener(flow, from);
        List<Packet> packets =
                archive.packets(
                        session.id(),
                        stored.flow(),
                        opening,
                        stored.first(),
                        stored.last(),
                        MOST_STEPS + 1);
        List<Bytes> payloads = packets.stream().map(Packet::payload).toList();
        List<Bytes> ready = stream ? Messages.whole(payloads) : payloads;
        List<Step> steps = new ArrayList<>();
        long waiting = 0;
        for (int i = 0; i < packets.size(); i++) {
            waiting +=
                    i == 0
                            ? 0
                            : Duration.between(packets.get(i - 1).at(), packets.get(i).at())
                                    .toMillis();
            if (!stream || !ready.get(i).isEmpty()) {
                steps.add(new Step((long) (waiting / speed), ready.get(i)));
                waiting = 0;
            }
        }
        return steps;
    }

    private static void check(Bytes payload, Way way) {
        switch (way) {
            case Way.Datagrams _ -> {
                if (payload.length() > LONGEST_DATAGRAM) {
                    throw ProblemKind.INJECTION_REFUSED.with(
                            "%d bytes are more than a datagram has".formatted(payload.length()));
                }
            }
            case Way.Stream stream -> {
                if (payload.isEmpty()
                        || payload.length() > LONGEST_WRITE
                        || !Messages.areWhole(payload)) {
                    throw ProblemKind.INJECTION_REFUSED.with(
                            "these are no whole DirectPlay messages of 1 MiB at most, and flow %d is TCP"
                                    .formatted(stream.flow()));
                }
            }
        }
    }

    private static void bound(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw ProblemKind.BAD_BODY.with(
                    "'%s' is %d; allowed are %d to %d".formatted(name, value, least, most));
        }
    }
}
