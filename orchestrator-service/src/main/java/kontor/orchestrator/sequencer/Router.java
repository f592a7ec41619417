package kontor.orchestrator.sequencer;

import java.util.List;
import java.util.TreeSet;
import kontor.orchestrator.sequencer.Held.Lane;
import kontor.orchestrator.sequencer.Run.Phase;
import kontor.vocabulary.Bytes;
import kontor.vocabulary.FlowReference;
import kontor.vocabulary.InstanceName;
import kontor.vocabulary.RunId;
import org.jspecify.annotations.Nullable;

/**
 * Finds whom an adapter event concerns. Knows the table of flows in docs/ARCHITECTURE.md; nothing
 * that an adapter sends makes it fail.
 */
final class Router {

    private static final String FLOW_IS_CLOSED = "flow is closed";
    private static final String PAYLOAD_CHECKSUM = "payload checksum";

    private Router() {}

    /**
     * What is to be done with an event.
     *
     * @param detail with UNDELIVERABLE: why
     * @param told each has a live run and gets one command
     */
    record Route(
            Verdict verdict, String detail, @Nullable SessionFlow flow, List<InstanceName> told) {

        /** Of an import: its receivers had it long ago. */
        Route forNobody() {
            return verdict == Verdict.RELAYED || !told.isEmpty()
                    ? new Route(Verdict.OBSERVED, "", flow, List.of())
                    : this;
        }
    }

    static Route route(LabState state, AdapterEvent event) {
        @Nullable Run run = state.runs().get(event.run());
        // What is injected into any of the instances is all of one run.
        if (run != null
                && !run.instance().equals(event.instance())
                && !(event.what() instanceof Happening.Injected)) {
            return undeliverable("the run is that of " + run.instance(), null);
        }
        Route route = route(state, event, run);
        return event.imported() ? route.forNobody() : route;
    }

    private static Route route(LabState state, AdapterEvent event, @Nullable Run run) {
        return switch (event.what()) {
            case Happening.Malformed malformed -> undeliverable(malformed.why(), null);
            case Happening.RunStarted _ -> observed(runStarted(state, event, run));
            case Happening.RunStopped _ ->
                    observed(
                            run != null && run.phase() == Phase.LIVE
                                    ? farEnds(state, run.id())
                                    : List.of());
            case Happening.DatagramsMissed _,
                    Happening.StrangerSeen _,
                    Happening.FreezeAnswered _ ->
                    observed(List.of());
            case Happening.FlowOpened opened -> opened(state, event, run, opened);
            case Happening.InFlow inFlow -> inFlow(state, event, run, inFlow);
            case Happening.Datagram datagram -> datagram(state, event, run, datagram);
            case Happening.Injected injected -> injected(state, event, injected);
        };
    }

    /** Who has flows with the earlier run of an instance that starts a new one. */
    private static List<InstanceName> runStarted(
            LabState state, AdapterEvent event, @Nullable Run run) {
        @Nullable Run earlier = state.runs().live(event.instance());
        if (earlier == null
                || earlier.id().equals(event.run())
                || (run != null && !run.canStart(event.instance()))) {
            return List.of();
        }
        return farEnds(state, earlier.id());
    }

    private static Route opened(
            LabState state, AdapterEvent event, @Nullable Run run, Happening.FlowOpened opened) {
        if (!opened.flow().run().equals(event.run())) {
            return undeliverable("the flow reference is that of another run", null);
        }
        if (state.flows().get(opened.flow()) != null) {
            return undeliverable("the flow was opened before", null);
        }
        Destination destination = destination(state, run, opened.destination().address());
        SessionFlow flow =
                new SessionFlow(
                        numberOf(state, opened.flow()),
                        new FlowEnd(event.instance(), opened.source()),
                        new FlowEnd(destination.instance(), opened.destination()),
                        true,
                        opened.flow());
        if (destination.isReached()) {
            return new Route(Verdict.RELAYED, "", flow, destination.told());
        }
        // The opener's game believes that it is connected: it has to learn that it is not.
        boolean openerLives = run != null && run.phase() == Phase.LIVE;
        return new Route(
                Verdict.UNDELIVERABLE,
                destination.obstacle(),
                flow,
                openerLives ? List.of(event.instance()) : List.of());
    }

    private static Route inFlow(
            LabState state, AdapterEvent event, @Nullable Run run, Happening.InFlow what) {
        if (run == null || run.phase() == Phase.UNKNOWN) {
            return undeliverable(unusable(run), null);
        }
        @Nullable TcpFlow flow = state.flows().get(what.flow());
        if (flow == null) {
            @Nullable Run opener = state.runs().get(what.flow().run());
            boolean was = opener != null && what.flow().number() <= opener.highestFlow();
            return undeliverable(was ? FLOW_IS_CLOSED : "no such flow was opened", null);
        }
        if (!flow.touches(event.run())) {
            return undeliverable("the run is at neither end of the flow", null);
        }
        boolean fromOpener = flow.isOpener(event.run());
        SessionFlow seen =
                new SessionFlow(
                        numberOf(state, flow.reference()),
                        flow.opener(),
                        flow.target(),
                        fromOpener,
                        flow.reference());
        if (what instanceof Happening.FlowConfirmed && (flow.closed() || flow.done(!fromOpener))) {
            // No more is read of what it confirms: there is nothing to extend.
            return new Route(Verdict.OBSERVED, "", seen, List.of());
        }
        if (flow.closed()) {
            return undeliverable(FLOW_IS_CLOSED, seen);
        }
        Route relayed = new Route(Verdict.RELAYED, "", seen, List.of(flow.otherEnd(fromOpener)));
        return switch (what) {
            case Happening.FlowAccepted _ ->
                    fromOpener
                            ? undeliverable("only the target can accept", seen)
                            : new Route(Verdict.OBSERVED, "", seen, List.of());
            case Happening.FlowRefused _ ->
                    fromOpener ? undeliverable("only the target can refuse", seen) : relayed;
            case Happening.FlowData data -> {
                if (flow.done(fromOpener)) {
                    yield undeliverable(FLOW_IS_CLOSED, seen);
                }
                yield data.payload().intact() ? relayed : undeliverable(PAYLOAD_CHECKSUM, seen);
            }
            case Happening.FlowHalfClosed _ ->
                    flow.done(fromOpener) ? undeliverable(FLOW_IS_CLOSED, seen) : relayed;
            case Happening.FlowReset _,
                    Happening.FlowStalled _,
                    Happening.FlowDrained _,
                    Happening.FlowConfirmed _ ->
                    relayed;
        };
    }

    private static Route datagram(
            LabState state, AdapterEvent event, @Nullable Run run, Happening.Datagram datagram) {
        Destination destination =
                run != null && run.addresses().isBroadcast(datagram.destination().address())
                        ? everybody(state, run)
                        : destination(state, run, datagram.destination().address());
        SessionFlow flow =
                udpFlow(
                        state,
                        new FlowEnd(event.instance(), datagram.source()),
                        new FlowEnd(destination.instance(), datagram.destination()));
        if (!datagram.payload().intact()) {
            return undeliverable(PAYLOAD_CHECKSUM, flow);
        }
        return destination.isReached() || event.imported()
                ? new Route(Verdict.RELAYED, "", flow, destination.told())
                : undeliverable(destination.obstacle(), flow);
    }

    /** As if the instance had sent it that plays now. */
    private static Route injected(LabState state, AdapterEvent event, Happening.Injected injected) {
        @Nullable Run as = state.runs().live(event.instance());
        if (as == null) {
            return undeliverable(event.instance() + " is not running", null);
        }
        Route route =
                switch (injected) {
                    case Happening.InjectedDatagram datagram ->
                            datagram(
                                    state,
                                    event,
                                    as,
                                    new Happening.Datagram(
                                            datagram.source(),
                                            datagram.destination(),
                                            datagram.payload()));
                    case Happening.InjectedData data -> between(state, event, as, data);
                };
        return route.verdict() == Verdict.RELAYED
                ? new Route(Verdict.INJECTED, "", route.flow(), route.told())
                : route;
    }

    /**
     * Nothing may be under way of the message before it, as the far game would read both as one,
     * and nothing of its stream may wait, as it would come before what was written earlier.
     */
    private static Route between(
            LabState state, AdapterEvent event, Run as, Happening.InjectedData data) {
        Route route =
                inFlow(
                        state,
                        event.ofRun(as.id()),
                        as,
                        new Happening.FlowData(data.flow(), data.payload(), data.streamOffset()));
        @Nullable TcpFlow flow = state.flows().get(data.flow());
        if (route.verdict() != Verdict.RELAYED || flow == null) {
            return route;
        }
        boolean fromOpener = flow.isOpener(as.id());
        if (flow.wrote(fromOpener) != data.streamOffset()) {
            return undeliverable(
                    "%s has written %d bytes, not %d"
                            .formatted(
                                    event.instance(), flow.wrote(fromOpener), data.streamOffset()),
                    route.flow());
        }
        boolean between =
                state.ruleState().heldBack(data.flow(), fromOpener).isEmpty()
                        && state.rewriting().isBetweenMessages(data.flow(), fromOpener);
        if (!between) {
            return undeliverable("a message is under way", route.flow());
        }
        Lane lane = Lane.of(event, route.flow(), flow.otherEnd(fromOpener));
        return state.ruleState().held().waits(lane)
                ? undeliverable("what was written before it waits", route.flow())
                : route;
    }

    /**
     * @param instance whose address it is; null where it is everybody's or nobody's
     * @param told empty where nobody can be reached
     * @param obstacle why not
     */
    private record Destination(
            @Nullable InstanceName instance, List<InstanceName> told, String obstacle) {

        boolean isReached() {
            return !told.isEmpty();
        }
    }

    private static Destination destination(LabState state, @Nullable Run run, Bytes address) {
        if (run == null || run.phase() == Phase.UNKNOWN) {
            return new Destination(null, List.of(), unusable(run));
        }
        @Nullable InstanceName instance = run.addresses().peers().get(address);
        if (run.phase() == Phase.ENDED) {
            return new Destination(instance, List.of(), unusable(run));
        }
        if (instance == null) {
            boolean own = run.addresses().own().equals(address);
            return new Destination(
                    null, List.of(), own ? "the address is the game's own" : "nobody's address");
        }
        if (state.runs().live(instance) == null || instance.equals(run.instance())) {
            return new Destination(instance, List.of(), instance + " is not running");
        }
        return new Destination(instance, List.of(instance), "");
    }

    private static Destination everybody(LabState state, Run run) {
        return run.phase() == Phase.LIVE
                ? new Destination(
                        null,
                        state.runs().liveInstancesBeside(run.instance()),
                        "nobody else is running")
                : new Destination(null, List.of(), unusable(run));
    }

    private static String unusable(@Nullable Run run) {
        return run != null && run.phase() == Phase.ENDED
                ? "the run has ended"
                : "the run is unknown: its run_started never came";
    }

    /** The instances, except the run's own, at the far ends of its open flows. */
    private static List<InstanceName> farEnds(LabState state, RunId run) {
        TreeSet<InstanceName> ends = new TreeSet<>();
        for (TcpFlow flow : state.flows().openOf(run)) {
            ends.add(flow.otherEnd(flow.isOpener(run)));
        }
        return List.copyOf(ends);
    }

    private static int numberOf(LabState state, FlowReference reference) {
        @Nullable Session session = state.session();
        if (session == null) {
            return 1;
        }
        @Nullable Integer number = session.tcpNumber(reference);
        return number == null ? session.nextFlow() : number;
    }

    private static SessionFlow udpFlow(LabState state, FlowEnd from, FlowEnd to) {
        @Nullable Session session = state.session();
        if (session == null) {
            return new SessionFlow(1, from, to, true, null);
        }
        UdpPair pair = UdpPair.of(from, to);
        @Nullable SessionFlow asOpener = session.udpFlow(pair);
        if (asOpener != null) {
            return asOpener.seenFrom(true);
        }
        @Nullable SessionFlow asTarget = session.udpFlow(pair.reversed());
        return asTarget != null
                ? asTarget.seenFrom(false)
                : new SessionFlow(session.nextFlow(), from, to, true, null);
    }

    private static Route observed(List<InstanceName> told) {
        return new Route(Verdict.OBSERVED, "", null, told);
    }

    private static Route undeliverable(String detail, @Nullable SessionFlow flow) {
        return new Route(Verdict.UNDELIVERABLE, detail, flow, List.of());
    }
}
