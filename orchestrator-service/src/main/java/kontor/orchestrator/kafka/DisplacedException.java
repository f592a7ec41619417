package kontor.orchestrator.kafka;

/** Another orchestrator owns the partition now. */
final class DisplacedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    DisplacedException(String ownerId, long epoch) {
        super("owner %s has claimed epoch %d".formatted(ownerId, epoch));
    }
}
