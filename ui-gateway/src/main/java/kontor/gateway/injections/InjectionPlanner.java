package kontor.gateway.injections;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.List;
import kontor.gateway.filtering.FilterParameter;
import kontor.gateway.http.ProblemException;
import kontor.gateway.http.ProblemKind;
import kontor.gateway.injections.InjectionArchive.Flow;
import kontor.gateway.injections.InjectionPlan.Answered;
import kontor.gateway.injections.InjectionPlan.Step;
import kontor.gateway.injections.InjectionPlan.Way;
import kontor.gateway.instances.InstanceBoard;
import kontor.gateway.instances.InstanceNetwork;
import kontor.gateway.instances.InstanceStatus;
import kontor.gateway.live.LiveSession;
import kontor.gateway.live.LiveSessions;
import kontor.gateway.sessions.SessionSummary;
import kontor.vocabulary.Bytes;
import kontor.vocabulary.FlowReference;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Makes a plan of a request, or refuses it with the reason. What it cannot know (a flow that ends
 * meanwhile) the orchestrator refuses. Blocks.
 */
@Component
class InjectionPlanner {

    private static final int MOST_TIMES = 100_000;
    private static final int LONGEST_DATAGRAM = 65_507;
    private static final int LONGEST_WRITE = 1 << 20;

    private final PacketComposer composer;
    private final FilterParameter filters;
    private final LiveSessions live;
    private final InstanceBoard board;
    private final Clock clock;

    InjectionPlanner(
            PacketComposer composer,
            FilterParameter filters,
            LiveSessions live,
            InstanceBoard board,
            Clock clock) {
        this.composer = composer;
        this.filters = filters;
        this.live = live;
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
        List<Step> steps =
                composer.steps(session.id(), request, from.instance(), way instanceof Way.Stream);
        steps.forEach(step -> check(step.template(), way));
        return new InjectionPlan(
                session.id(),
                session.lab(),
                from.instance(),
                way,
                steps,
                times,
                every,
                answered(session, request.answer()),
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
        Flow flow = composer.flow(session.id(), request.flow());
        boolean fromOpener = PacketComposer.isOpener(flow, from.instance());
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
        if (!flow.tcp()) {
            return datagrams(
                    from,
                    to,
                    fromOpener ? flow.openerPort() : flow.targetPort(),
                    fromOpener ? flow.targetPort() : flow.openerPort());
        }
        if (!flow.isOpen()) {
            throw ProblemKind.INJECTION_REFUSED.with("flow %d has ended".formatted(flow.number()));
        }
        @Nullable FlowReference reference = flow.reference();
        if (reference == null) {
            throw ProblemKind.INJECTION_REFUSED.with(
                    "flow %d is TCP, and no adapter has named it".formatted(flow.number()));
        }
        return new Way.Stream(flow.number(), fromOpener, reference);
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

    private @Nullable Answered answered(
            SessionSummary session, InjectionRequest.@Nullable Answer answer) {
        if (answer == null) {
            return null;
        }
        String filter = answer.filter() == null ? "" : answer.filter();
        if (filters.read(filter).isEmpty()) {
            throw ProblemKind.BAD_BODY.with("'answer' needs a filter: what is answered");
        }
        long newest = live.find(session.id()).map(LiveSession::lastSequence).orElse(0L);
        return new Answered(Math.max(newest, session.lastSequence()), filter);
    }

    /**
     * Whether it can go that way.
     *
     * @throws ProblemException with the reason, if it cannot
     */
    static void check(Bytes payload, Way way) {
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
