package kontor.orchestrator.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * What the sequencer counts.
 *
 * <p>{@code received = observed + relayed + mutated + held + dropped + undeliverable}: every
 * adapter event that was taken in has exactly one verdict. Duplicates are not taken in; what was
 * injected was not received.
 */
public enum SequencerMetric {
    RECEIVED("received", "Adapter events taken in, each once"),
    OBSERVED("observed", "Adapter events with nothing to pass on"),
    RELAYED("relayed", "Adapter events passed on as they were"),
    MUTATED("mutated", "Adapter events passed on with other bytes"),
    HELD("held", "Adapter events that wait for a person's word, or for their time"),
    DROPPED("dropped", "Adapter events not passed on, by a rule or a person"),
    UNDELIVERABLE("undeliverable", "Adapter events with nobody to pass them to"),
    INJECTED("injected", "Events that no game sent"),
    DUPLICATES("duplicates", "Adapter events that came again and were left out"),
    GAPS("gaps", "Adapter events before which others of their run are missing"),
    LOG_GAPS("log.gaps", "Session events before which others are missing in the log"),
    LOG_FOLDED("log.folded", "Records of the session log folded to recover or to follow"),
    CHECKPOINTS("checkpoints", "Checkpoints written"),
    COMMANDS("commands", "Commands given"),
    REISSUED("commands.reissued", "Commands given again after taking a partition over"),
    CODE_ASKED("code.asked", "Packets that rules in Java were asked about"),
    CODE_REFUSED("code.refused", "Of them, those without an answer: too many waited"),
    CONTROL_UNREADABLE("control.unreadable", "Control records that were left out");

    private final String meter;
    private final String meaning;

    SequencerMetric(String name, String meaning) {
        this.meter = "kontor.sequencer." + name;
        this.meaning = meaning;
    }

    Counter register(MeterRegistry registry) {
        return Counter.builder(meter).description(meaning).register(registry);
    }
}
