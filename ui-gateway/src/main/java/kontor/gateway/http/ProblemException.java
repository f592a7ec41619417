package kontor.gateway.http;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Ends a request with a problem. */
public final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ProblemKind kind;
    private final String detail;
    private final @Nullable String parameter;
    private final @Nullable String value;
    private final transient @Nullable List<String> allowed;
    private final transient @Nullable Place place;

    /** Where in the parameter's value, and what would be right there. */
    private record Place(int offset, int length, List<String> expected) {}

    public ProblemException(
            ProblemKind kind,
            String detail,
            @Nullable String parameter,
            @Nullable String value,
            @Nullable List<String> allowed) {
        this(kind, detail, parameter, value, allowed, null);
    }

    private ProblemException(
            ProblemKind kind,
            String detail,
            @Nullable String parameter,
            @Nullable String value,
            @Nullable List<String> allowed,
            @Nullable Place place) {
        super(detail, null, false, false);
        this.kind = kind;
        this.detail = detail;
        this.parameter = parameter;
        this.value = value;
        this.allowed = allowed;
        this.place = place;
    }

    /** A filter is wrong at a place. */
    public static ProblemException badFilter(
            String value, String message, int offset, int length, List<String> expected) {
        return new ProblemException(
                ProblemKind.BAD_FILTER,
                "%s, at character %d".formatted(message, offset + 1),
                "filter",
                value,
                null,
                new Place(offset, length, List.copyOf(expected)));
    }

    /** A parameter's value is wrong; says which, and what would be right. */
    public static ProblemException badParameter(
            String parameter, @Nullable String value, String allowed) {
        return new ProblemException(
                ProblemKind.BAD_PARAMETER,
                "%s is '%s'; allowed: %s".formatted(parameter, value, allowed),
                parameter,
                value,
                List.of(allowed));
    }

    /** There is no session of that id. */
    public static ProblemException noSuchSession(UUID id) {
        return ProblemKind.NO_SUCH_SESSION.with("there is no session " + id);
    }

    /** A cursor is none of this list or stream. */
    public static ProblemException badCursor(String parameter, String value, String allowed) {
        return new ProblemException(
                ProblemKind.BAD_CURSOR,
                "%s is '%s'; allowed: %s".formatted(parameter, value, allowed),
                parameter,
                value,
                List.of(allowed));
    }

    ProblemKind kind() {
        return kind;
    }

    Problem problem(String path) {
        return new Problem(
                kind.type(),
                kind.title(),
                kind.status().value(),
                detail,
                path,
                parameter,
                value,
                allowed,
                place == null ? null : place.offset,
                place == null ? null : place.length,
                place == null ? null : place.expected);
    }
}
