package kontor.journal;

/** Another journal has written on meanwhile: what this one was about to write is written. */
final class PositionMovedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    PositionMovedException(Position.Partition partition, Batch.Move move) {
        super(
                "%s is not at offset %d any more: another journal writes, too"
                        .formatted(partition, move.from()));
    }
}
