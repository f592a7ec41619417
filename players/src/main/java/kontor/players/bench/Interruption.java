package kontor.players.bench;

import java.util.Optional;

/** Something that is done to a running lab while packets flow through it. */
public interface Interruption {

    /** For the report. */
    String name();

    /**
     * Blocks until it is over.
     *
     * @return what went wrong, apart from the packets
     */
    Optional<String> run() throws InterruptedException;
}
