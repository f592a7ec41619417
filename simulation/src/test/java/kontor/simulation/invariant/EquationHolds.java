package kontor.simulation.invariant;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import kontor.orchestrator.sequencer.Delivery;
import kontor.orchestrator.sequencer.Happening;
import kontor.orchestrator.sequencer.SessionEvent;
import kontor.orchestrator.sequencer.SessionEvent.What;
import kontor.orchestrator.sequencer.Verdict;
import kontor.vocabulary.RunId;

/** The equation of docs/ARCHITECTURE.md. */
public final class EquationHolds implements Invariant {

    @Override
    public String sentence() {
        return "Received = observed + relayed + mutated + held + dropped + undeliverable; what is"
                + " relayed or mutated is told to somebody, what is dropped to nobody but the"
                + " far end of its stream, what is undeliverable to nobody but its opener;"
                + " deliveries to a run are numbered 1, 2, 3 ...";
    }

    /** What waits is released once, and everything in the end. */
    private static void waitsEnd(SessionEvent event, Set<Long> waiting) {
        event.rules()
                .waits()
                .forEach(one -> {
                    if (!waiting.add(one.number())) {
                        throw new Violation(EquationHolds.class, "it waits already: " + event);
                    }
                });
        if (event.what() instanceof What.Released released && !waiting.remove(released.number())) {
            throw new Violation(EquationHolds.class, "nothing waited: " + event);
        }
    }

    @Override
    public void check(Evidence evidence) {
        Map<RunId, Long> delivered = new HashMap<>();
        Set<Long> waiting = new HashSet<>();
        for (SessionEvent event : evidence.truth().events()) {
            if (!isBalanced(event)) {
                throw new Violation(EquationHolds.class, "it does not add up: " + event);
            }
            waitsEnd(event, waiting);
            for (Delivery delivery : event.deliveries()) {
                long number = delivered.merge(delivery.targetRun(), 1L, Long::sum);
                if (number != delivery.commandSequence()) {
                    throw new Violation(
                            EquationHolds.class,
                            "delivery %d to a run is numbered %s".formatted(number, delivery));
                }
            }
        }
        if (!waiting.isEmpty()) {
            throw new Violation(EquationHolds.class, "these still wait: " + waiting);
        }
    }

    private static boolean isBalanced(SessionEvent event) {
        List<Delivery> deliveries = event.deliveries();
        if (event.what() instanceof What.Released) {
            boolean sent = event.verdict() == Verdict.RELAYED || event.verdict() == Verdict.MUTATED;
            boolean toFarEnd = event.verdict() == Verdict.DROPPED && deliveries.size() == 1;
            return toFarEnd || (sent ? deliveries.size() == 1 : deliveries.isEmpty());
        }
        if (!(event.what() instanceof What.Adapter(var told))) {
            return deliveries.isEmpty();
        }
        return switch (event.verdict()) {
            case RELAYED, MUTATED -> !deliveries.isEmpty();
            case DROPPED ->
                    deliveries.isEmpty() == told.what() instanceof Happening.Datagram
                            && !event.rules().hits().isEmpty();
            case OBSERVED ->
                    deliveries.isEmpty()
                            || told.what() instanceof Happening.RunStarted
                            || told.what() instanceof Happening.RunStopped;
            case UNDELIVERABLE ->
                    deliveries.isEmpty() || told.what() instanceof Happening.FlowOpened;
            case HELD -> !event.rules().waits().isEmpty();
            case INJECTED -> !deliveries.isEmpty() && told.what() instanceof Happening.Injected;
        };
    }
}
