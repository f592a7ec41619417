package kontor.orchestrator.driving;

/**
 * How it stands with a partition's owner.
 *
 * @param epoch of the owner that it last knew of; 0 before it knew of any
 * @param detail for a person
 */
public record OwnerStatus(State state, long epoch, String detail) {

    public enum State {
        /** Kafka or a topic is not there yet, or went away. */
        WAITING,
        /** Reading the session log, claiming, giving commands again. */
        RECOVERING,
        /** Another orchestrator relays; this one is ready to take over. */
        STANDBY,
        /** Relaying. */
        OWNING,
        /** Finishing what was begun, to hand the partition over. */
        RELEASING,
        /** A record cannot be read; a person has to look. */
        HALTED,
        STOPPED
    }
}
