package kontor.gateway.injections;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import kontor.gateway.http.ProblemException;
import kontor.gateway.http.ProblemKind;
import kontor.gateway.injections.InjectionPlan.Way;
import kontor.gateway.injections.Messages.Piece;

/**
 * Where the last message ends in what one end of a TCP flow has written, as far as it is stored. It
 * goes on where it was when it is asked again. Not thread-safe; blocks.
 */
final class BoundarySearch {

    private static final int AT_ONCE = 500;
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

    private final InjectionArchive archive;
    private final UUID session;
    private final Way.Stream stream;
    private final boolean fromItsBeginning;
    private final StreamCourse course = new StreamCourse();
    private long read;

    BoundarySearch(InjectionArchive archive, UUID session, Way.Stream stream) {
        this.archive = archive;
        this.session = session;
        this.stream = stream;
        this.fromItsBeginning = archive.hasBeginning(session, stream.flow());
    }

    /**
     * Waits a moment where a message is under way.
     *
     * @throws ProblemException with the reason, if there is no boundary or it is not known
     */
    long boundary() throws InterruptedException {
        Instant patience = Instant.now().plus(PATIENCE);
        while (true) {
            OptionalLong boundary = fromItsBeginning ? behindAll() : behindTheLast();
            if (boundary.isPresent()) {
                return boundary.getAsLong();
            }
            if (course.isBroken()) {
                throw refused("does not carry DirectPlay messages, or has a hole");
            }
            if (Instant.now().isAfter(patience)) {
                throw refused(
                        fromItsBeginning
                                ? "has a message under way"
                                : "began before this session, and where its messages begin is not"
                                        + " known");
            }
            Thread.sleep(BETWEEN_LOOKS);
        }
    }

    private OptionalLong behindAll() {
        List<Piece> pieces;
        do {
            pieces = archive.next(session, stream.flow(), stream.fromOpener(), read, AT_ONCE);
            for (Piece piece : pieces) {
                course.on(piece);
                read = piece.sequence();
            }
        } while (pieces.size() == AT_ONCE && !course.isBroken());
        return course.boundary();
    }

    private OptionalLong behindTheLast() {
        return Messages.boundary(archive.tail(session, stream.flow(), stream.fromOpener()));
    }

    private ProblemException refused(String why) {
        return ProblemKind.INJECTION_REFUSED.with(
                "what %s of flow %d writes %s"
                        .formatted(
                                stream.fromOpener() ? "the opener" : "the target",
                                stream.flow(),
                                why));
    }
}
