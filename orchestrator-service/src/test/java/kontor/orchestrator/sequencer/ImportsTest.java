package kontor.orchestrator.sequencer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import kontor.vocabulary.FlowReference;
import org.junit.jupiter.api.Test;

/** What was read from a capture is sequenced as what games say is, and passed to nobody. */
class ImportsTest {

    private final StandInAdapter one = new StandInAdapter(1, 1, 2);
    private final StandInAdapter two = new StandInAdapter(2, 1, 2);
    private final Playbook playbook =
            new Playbook().given(imported(one.starts()), imported(two.starts()));

    private static AdapterEvent imported(AdapterEvent event) {
        return new AdapterEvent(
                event.lab(),
                event.instance(),
                event.run(),
                event.sequence(),
                event.capturedAtMicros(),
                event.what(),
                true);
    }

    @Test
    void observesAWholeConnectionBetweenInstances() {
        FlowReference flow = one.nextFlow();
        Playbook.Outcome opened = playbook.when(imported(one.opens(one.peer(2, 2300))));
        opened.isObservedOnly();
        SessionFlow seen = Objects.requireNonNull(opened.last().flow());
        assertThat(seen.opener().instance()).isEqualTo(one.instance());
        assertThat(seen.target().instance()).isEqualTo(two.instance());

        playbook.when(imported(two.says(new Happening.FlowAccepted(flow)))).isObservedOnly();
        playbook.when(imported(one.writes(flow, "hello"))).isObservedOnly();
        playbook.when(imported(two.writes(flow, "you"))).isObservedOnly();
        playbook.when(imported(one.says(new Happening.FlowHalfClosed(flow)))).isObservedOnly();
        playbook.when(imported(one.writes(flow, "late"))).isUndeliverable("flow is closed");
        playbook.when(imported(two.says(new Happening.FlowHalfClosed(flow)))).isObservedOnly();
        playbook.when(imported(two.says(new Happening.FlowReset(flow))))
                .isUndeliverable("flow is closed");
    }

    @Test
    void observesDatagramsToWhomever() {
        playbook.when(imported(one.sends(one.own(2350), one.peer(2, 2350), "x"))).isObservedOnly();
        playbook.when(imported(one.sends(one.own(2350), one.peer(9, 2350), "x"))).isObservedOnly();
        playbook.when(imported(one.sends(one.own(2350), new Endpoint(one.broadcast(), 2350), "x")))
                .isObservedOnly();
    }

    @Test
    void tellsNobodyThatARunStops() {
        playbook.given(imported(one.opens(one.peer(2, 2300))));

        playbook.when(imported(one.stops())).isObservedOnly();
    }
}
