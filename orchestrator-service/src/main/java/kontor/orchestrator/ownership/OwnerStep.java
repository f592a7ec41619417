package kontor.orchestrator.ownership;

/** What an {@link Owner} waits for. */
enum OwnerStep {
    RECALLING,
    CONFIRMING,
    FOLDING,
    STANDING_BY,
    CLAIMING,
    READING_CLAIM,
    REISSUING,
    RELAYING,
    SETTLING,
    TELLING,
    FLUSHING,
    RELEASING,
    OVER
}
