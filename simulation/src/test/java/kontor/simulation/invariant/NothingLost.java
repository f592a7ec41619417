package kontor.simulation.invariant;

import java.util.List;
import java.util.Objects;
import kontor.adapter.capture.CapturedEvent;
import kontor.adapter.capture.Observation;
import kontor.orchestrator.sequencer.AdapterEvent;
import kontor.orchestrator.sequencer.Happening;
import kontor.orchestrator.sequencer.SessionEvent;
import kontor.orchestrator.sequencer.SessionEvent.What;
import kontor.orchestrator.sequencer.Verdict;
import kontor.vocabulary.Bytes;
import kontor.vocabulary.RunId;

/** G1. */
public final class NothingLost implements Invariant {

    /** Everything else that could keep an event from being passed on would be our own fault. */
    private static final List<String> GOOD_REASONS =
            List.of("is not running", "nobody else is running", "flow is closed");

    @Override
    public String sentence() {
        return "What an adapter captured is in the session log, all of it, once, in the order and"
                + " with the bytes of its capture, and is passed on wherever somebody is there";
    }

    @Override
    public void check(Evidence evidence) {
        Truth truth = evidence.truth();
        for (RunEvidence run : evidence.runs()) {
            List<SessionEvent> recorded = truth.ofRun(run.run());
            for (int i = 0; i < Math.min(run.captured().size(), recorded.size()); i++) {
                compare(run, run.captured().get(i), recorded.get(i));
            }
            if (recorded.size() != run.captured().size()) {
                throw new Violation(
                        NothingLost.class,
                        "run %s captured %d events, the log has %d of it"
                                .formatted(run.run(), run.captured().size(), recorded.size()));
            }
            datagramsAreKeptOrCounted(run);
        }
        for (RunId run : truth.runs()) {
            if (evidence.runs().stream().noneMatch(known -> known.run().equals(run))) {
                throw new Violation(NothingLost.class, "run " + run + " never was");
            }
        }
    }

    private static void compare(RunEvidence run, CapturedEvent captured, SessionEvent recorded) {
        AdapterEvent told = ((What.Adapter) recorded.what()).event();
        boolean same =
                told.sequence() == captured.sequence()
                        && told.capturedAtMicros() == captured.capturedAtMicros()
                        && told.instance().equals(run.instance())
                        && payload(told.what()).equals(captured.what().payload());
        if (!same) {
            throw new Violation(
                    NothingLost.class,
                    "run %s captured %s, the log has %s".formatted(run.run(), captured, told));
        }
        if (recorded.verdict() == Verdict.UNDELIVERABLE
                && GOOD_REASONS.stream().noneMatch(recorded.detail()::endsWith)) {
            throw new Violation(
                    NothingLost.class,
                    "%s was not passed on: %s".formatted(captured, recorded.detail()));
        }
    }

    private static Bytes payload(Happening what) {
        return switch (what) {
            case Happening.FlowData data -> data.payload().bytes();
            case Happening.Datagram datagram -> datagram.payload().bytes();
            case Happening.Injected injected -> injected.payload().bytes();
            case Happening.RunStarted _,
                    Happening.RunStopped _,
                    Happening.FlowOpened _,
                    Happening.InFlow _,
                    Happening.DatagramsMissed _,
                    Happening.StrangerSeen _,
                    Happening.FreezeAnswered _,
                    Happening.Malformed _ ->
                    Bytes.empty();
        };
    }

    private static void datagramsAreKeptOrCounted(RunEvidence run) {
        long kept = 0;
        long missed = 0;
        for (CapturedEvent event : run.captured()) {
            switch (event.what()) {
                case Observation.Datagram _ -> kept++;
                case Observation.DatagramsMissed gap -> missed += gap.count();
                case Observation other -> Objects.requireNonNull(other);
            }
        }
        boolean told = kept + missed == run.datagramsOffered();
        if (!told && run.fate() != RunEvidence.Fate.KILLED) {
            throw new Violation(
                    NothingLost.class,
                    "run %s was sent %d datagrams, kept %d and told of %d missed"
                            .formatted(run.run(), run.datagramsOffered(), kept, missed));
        }
    }
}
