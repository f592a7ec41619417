package kontor.orchestrator.sequencer;

/** What the orchestrator did with an event; see the glossary. */
public enum Verdict {
    OBSERVED,
    RELAYED,
    MUTATED,
    HELD,
    DROPPED,
    INJECTED,
    UNDELIVERABLE
}
