package kontor.gateway.web;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Ends a request with a problem. */
final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ProblemKind kind;
    private final String detail;
    private final @Nullable String parameter;
    private final @Nullable String value;
    private final transient @Nullable List<String> allowed;

    ProblemException(
            ProblemKind kind,
            String detail,
            @Nullable String parameter,
            @Nullable String value,
            @Nullable List<String> allowed) {
        super(detail, null, false, false);
        this.kind = kind;
        this.detail = detail;
        this.parameter = parameter;
        this.value = value;
        this.allowed = allowed;
    }

    /** A parameter's value is wrong; says which, and what would be right. */
    static ProblemException badParameter(String parameter, @Nullable String value, String allowed) {
        return new ProblemException(
                ProblemKind.BAD_PARAMETER,
                "%s is '%s'; allowed: %s".formatted(parameter, value, allowed),
                parameter,
                value,
                List.of(allowed));
    }

    static ProblemException badCursor(String parameter, String value, String allowed) {
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
                allowed);
    }
}
