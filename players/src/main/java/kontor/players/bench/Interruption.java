package kontor.players.bench;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Something that is done to a running lab while packets flow through it. */
public interface Interruption {

    /** For the report. */
    String name();

    /** How often it is done, each time to traffic of its own: 1 or more. */
    default int repetitions() {
        return 1;
    }

    /**
     * Blocks until it is over.
     *
     * @return what went wrong, apart from the packets
     */
    Optional<String> run() throws InterruptedException;

    /** What the longest gap is to stay below; empty where it is only stated. */
    default Optional<Duration> toStayBelow() {
        return Optional.empty();
    }

    /** The steps of the last recovery, in their order; empty if they are not known. */
    default List<Step> steps() {
        return List.of();
    }

    /**
     * A step of a recovery.
     *
     * @param after since the interruption began
     */
    record Step(String name, Duration after) {}
}
