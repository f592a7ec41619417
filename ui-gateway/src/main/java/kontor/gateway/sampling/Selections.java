package kontor.gateway.sampling;

import java.util.UUID;
import kontor.gateway.filtering.FilterParameter;
import kontor.gateway.http.Paging;
import kontor.gateway.http.ProblemException;
import kontor.gateway.sessions.SessionArchive;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads the parameters by which messages are selected. */
@Component
public final class Selections {

    public static final String AFTER =
            "session sequence, excluded; the newest messages are taken if left out";
    public static final String BEFORE = "session sequence, excluded; the end if left out";

    private final FilterParameter filters;
    private final SessionArchive sessions;

    Selections(FilterParameter filters, SessionArchive sessions) {
        this.filters = filters;
        this.sessions = sessions;
    }

    /**
     * How much one may ask for.
     *
     * @param usual messages if nothing else is said
     * @param most messages
     * @param bytes of each message
     */
    public record Bounds(int usual, int most, int bytes) {}

    /**
     * @throws ProblemException if a parameter is wrong or there is no such session
     */
    public Selection read(
            UUID session,
            @Nullable String filter,
            @Nullable Long after,
            @Nullable Long before,
            @Nullable Integer limit,
            Bounds bounds) {
        if (limit != null && (limit < 1 || limit > bounds.most())) {
            throw ProblemException.badParameter("limit", limit.toString(), "1 to " + bounds.most());
        }
        Selection selection =
                new Selection(
                        filters.readOrAll(filter),
                        null,
                        null,
                        null,
                        after == null ? null : Long.valueOf(Paging.sequence("after", after, 0)),
                        Paging.sequence("before", before, Long.MAX_VALUE),
                        limit == null ? bounds.usual() : limit,
                        bounds.bytes());
        if (sessions.session(session).isEmpty()) {
            throw ProblemException.noSuchSession(session);
        }
        return selection;
    }
}
