package kontor.orchestrator.sequencer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import kontor.orchestrator.sequencer.Router.Route;
import kontor.rules.Outcome;
import kontor.rules.Outcome.Part;
import kontor.rules.Outcome.Wait;
import kontor.rules.Packet;
import kontor.rules.Packet.Place;
import kontor.rules.Packet.Transport;
import kontor.rules.RuleSet;
import kontor.vocabulary.Bytes;
import kontor.vocabulary.InstanceName;
import org.jspecify.annotations.Nullable;

/**
 * Lets the lab's rules decide on what is to be relayed. Where no rule concerns the sender, nothing
 * is looked at: the route stays what it is.
 */
final class Interceptor {

    private Interceptor() {}

    /**
     * A route after the rules.
     *
     * @param altered what recipients are sent in place of the event's payload
     * @param later to whom a datagram is not passed on at once
     * @param parts of a stream, that are passed on later
     */
    record Intercepted(
            Verdict verdict,
            String detail,
            List<InstanceName> told,
            Map<InstanceName, Altered> altered,
            RuleTrace trace,
            Map<InstanceName, Wait> later,
            List<Part> parts) {

        /** All that is passed on is passed on at once. */
        Intercepted(
                Verdict verdict,
                String detail,
                List<InstanceName> told,
                Map<InstanceName, Altered> altered,
                RuleTrace trace) {
            this(verdict, detail, told, altered, trace, Map.of(), List.of());
        }

        static Intercepted not(Route route) {
            return new Intercepted(
                    route.verdict(), route.detail(), route.told(), Map.of(), RuleTrace.NONE);
        }
    }

    static Intercepted intercept(LabState state, AdapterEvent event, Route route) {
        RuleState rules = state.ruleState();
        @Nullable SessionFlow flow = route.flow();
        if (route.verdict() != Verdict.RELAYED || flow == null) {
            return Intercepted.not(route);
        }
        return switch (event.what()) {
            case Happening.Datagram datagram ->
                    rules.rules().concerns(Transport.UDP, event.instance())
                            ? datagram(rules, event, datagram, route)
                            : Intercepted.not(route);
            case Happening.FlowData data -> data(rules, event, data, flow, route);
            case Happening.FlowHalfClosed closed ->
                    ended(rules.heldBack(closed.flow(), flow.fromOpener()), route);
            case Happening.FlowReset reset ->
                    ended(rules.heldBack(reset.flow(), flow.fromOpener()), route);
            case Happening.RunStarted _,
                    Happening.RunStopped _,
                    Happening.FlowOpened _,
                    Happening.FlowAccepted _,
                    Happening.FlowRefused _,
                    Happening.FlowStalled _,
                    Happening.FlowDrained _,
                    Happening.FlowConfirmed _,
                    Happening.DatagramsMissed _,
                    Happening.StrangerSeen _,
                    Happening.FreezeAnswered _,
                    Happening.Injected _,
                    Happening.Malformed _ ->
                    Intercepted.not(route);
        };
    }

    private static Intercepted datagram(
            RuleState state, AdapterEvent event, Happening.Datagram datagram, Route route) {
        Packet packet =
                packet(event, Transport.UDP, datagram.source(), datagram.destination(), route);
        Outcome outcome =
                state.rules().onDatagram(packet, datagram.payload().bytes(), counts(state));
        if (outcome.isNothing()) {
            return Intercepted.not(route);
        }
        Map<InstanceName, Altered> altered = altered(outcome);
        List<InstanceName> told = new ArrayList<>(route.told());
        told.removeIf(instance -> {
            @Nullable Altered what = altered.get(instance);
            return what != null && what.copies() == 0;
        });
        altered.keySet().retainAll(told);
        Verdict verdict =
                told.isEmpty()
                        ? Verdict.DROPPED
                        : outcome.isChanged() ? Verdict.MUTATED : Verdict.RELAYED;
        return new Intercepted(
                verdict,
                detail(outcome),
                told,
                altered,
                trace(state.rules(), outcome),
                later(outcome, told),
                List.of());
    }

    /**
     * What is taken out is an empty write to the recipient: that confirms how far the stream has
     * come.
     */
    private static Intercepted data(
            RuleState state,
            AdapterEvent event,
            Happening.FlowData data,
            SessionFlow flow,
            Route route) {
        Bytes kept = state.heldBack(data.flow(), flow.fromOpener());
        if (kept.isEmpty() && !state.rules().concerns(Transport.TCP, event.instance())) {
            return Intercepted.not(route);
        }
        FlowEnd from = flow.fromOpener() ? flow.opener() : flow.target();
        FlowEnd to = flow.fromOpener() ? flow.target() : flow.opener();
        Packet packet = packet(event, Transport.TCP, from.endpoint(), to.endpoint(), route);
        Outcome outcome =
                state.rules().onStream(packet, kept, data.payload().bytes(), counts(state));
        if (outcome.isNothing()) {
            return Intercepted.not(route);
        }
        Map<InstanceName, Altered> altered = altered(outcome);
        boolean isGone =
                outcome.heldBack() == 0
                        && !altered.isEmpty()
                        && altered.values().stream().allMatch(what -> what.bytes().isEmpty());
        Verdict verdict =
                !outcome.isChanged() ? Verdict.RELAYED : isGone ? Verdict.DROPPED : Verdict.MUTATED;
        return new Intercepted(
                verdict,
                detail(outcome),
                route.told(),
                altered,
                trace(state.rules(), outcome),
                Map.of(),
                outcome.told().values().stream().flatMap(told -> told.parts().stream()).toList());
    }

    /** What is held back goes out before the end, as it is. */
    private static Intercepted ended(Bytes kept, Route route) {
        if (kept.isEmpty()) {
            return Intercepted.not(route);
        }
        Map<InstanceName, Altered> altered = new LinkedHashMap<>();
        route.told().forEach(instance -> altered.put(instance, new Altered(kept, 1)));
        return new Intercepted(
                route.verdict(), route.detail(), route.told(), altered, RuleTrace.NONE);
    }

    private static Packet packet(
            AdapterEvent event, Transport transport, Endpoint from, Endpoint to, Route route) {
        return new Packet(
                event.lab().value(),
                transport,
                event.instance(),
                event.sequence(),
                event.capturedAtMicros(),
                new Place(from.address(), from.port()),
                new Place(to.address(), to.port()),
                route.told());
    }

    private static ToLongFunction<String> counts(RuleState state) {
        return state::hits;
    }

    private static Map<InstanceName, Altered> altered(Outcome outcome) {
        Map<InstanceName, Altered> altered = new LinkedHashMap<>();
        outcome.told()
                .forEach((instance, told) ->
                        altered.put(instance, new Altered(told.bytes(), told.copies())));
        return altered;
    }

    private static Map<InstanceName, Wait> later(Outcome outcome, List<InstanceName> told) {
        Map<InstanceName, Wait> later = new LinkedHashMap<>();
        for (InstanceName instance : told) {
            Outcome.@Nullable Told how = outcome.told().get(instance);
            @Nullable Wait wait = how == null ? null : how.later();
            if (wait != null) {
                later.put(instance, wait);
            }
        }
        return later;
    }

    private static RuleTrace trace(RuleSet rules, Outcome outcome) {
        return new RuleTrace(
                outcome.hits().isEmpty() ? "" : rules.version(),
                outcome.hits(),
                outcome.heldBack(),
                outcome.tags(),
                List.of());
    }

    /** For a person: which rules acted, and what one could not do. */
    private static String detail(Outcome outcome) {
        String acted =
                outcome.hits().stream()
                        .filter(hit -> !hit.dryRun())
                        .map(Outcome.Hit::rule)
                        .collect(Collectors.joining(", "));
        String problems = String.join("; ", outcome.problems());
        return acted.isEmpty() || problems.isEmpty()
                ? acted + problems
                : acted + " (" + problems + ")";
    }
}
