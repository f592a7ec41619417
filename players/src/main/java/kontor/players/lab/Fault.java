package kontor.players.lab;

/**
 * A fault that {@link DirectLab} commits on purpose.
 *
 * @param nth which of all that the lab carries, from 1: datagram, or piece of a TCP stream
 */
public record Fault(Kind kind, Transport transport, long nth) {

    public enum Kind {
        LOSE,
        DOUBLE,
        /** Hands it over after the one that follows it on the same way. */
        REORDER,
        /** Changes its last byte; an empty datagram gets one. */
        ALTER
    }

    public enum Transport {
        TCP,
        UDP
    }
}
