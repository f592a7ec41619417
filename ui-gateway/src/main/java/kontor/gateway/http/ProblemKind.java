package kontor.gateway.http;

import java.util.Locale;
import org.springframework.http.HttpStatus;

/** The problems there are. Their names are part of the API. */
public enum ProblemKind {
    UNKNOWN_PARAMETER(HttpStatus.BAD_REQUEST, "There is no such parameter"),
    BAD_PARAMETER(HttpStatus.BAD_REQUEST, "A parameter has a value that is not allowed"),
    BAD_FILTER(HttpStatus.BAD_REQUEST, "That is no filter"),
    BAD_RULES(HttpStatus.BAD_REQUEST, "Something in these rules is wrong"),
    BAD_CURSOR(HttpStatus.BAD_REQUEST, "That is no cursor of this list"),
    BAD_BODY(HttpStatus.BAD_REQUEST, "The body is not what is expected"),
    TOKEN_MISSING(HttpStatus.UNAUTHORIZED, "A token is needed"),
    TOKEN_WRONG(HttpStatus.UNAUTHORIZED, "That is not the token"),
    FOREIGN_HOST(HttpStatus.FORBIDDEN, "That is not a name of this gateway"),
    FOREIGN_ORIGIN(HttpStatus.FORBIDDEN, "Pages of other origins may not ask this gateway"),
    CROSS_SITE(HttpStatus.FORBIDDEN, "Other sites may not ask for this"),
    NO_SUCH_PATH(HttpStatus.NOT_FOUND, "There is nothing here"),
    NO_SUCH_LAB(HttpStatus.NOT_FOUND, "There is no such lab"),
    NO_SUCH_SESSION(HttpStatus.NOT_FOUND, "There is no such session"),
    NO_SUCH_SCREEN(HttpStatus.NOT_FOUND, "There is no such screen"),
    NO_SUCH_PICTURE(HttpStatus.NOT_FOUND, "There is no such picture"),
    NO_SUCH_MARKER(HttpStatus.NOT_FOUND, "There is no such marker"),
    NO_SUCH_RELOAD(HttpStatus.NOT_FOUND, "There is no such reload"),
    NO_SUCH_SNAPSHOT(HttpStatus.NOT_FOUND, "There is no such snapshot"),
    NO_SUCH_RUN(HttpStatus.NOT_FOUND, "There is no such run"),
    NO_SUCH_VERSION(HttpStatus.NOT_FOUND, "There is no such version"),
    NO_SUCH_ANALYZER(HttpStatus.NOT_FOUND, "There is no such analyzer"),
    NO_SUCH_EVENT(HttpStatus.NOT_FOUND, "There is no such event"),
    NO_SUCH_FLOW(HttpStatus.NOT_FOUND, "There is no such flow"),
    NO_SUCH_INJECTION(HttpStatus.NOT_FOUND, "There is no such injection"),
    NO_SUCH_RULES(HttpStatus.NOT_FOUND, "There is no such file of rules"),
    NOT_HELD(HttpStatus.NOT_FOUND, "That does not wait"),
    FIELDS_UNKNOWN(HttpStatus.SERVICE_UNAVAILABLE, "No analyzer has declared its fields yet"),
    METHOD_NOT_ALLOWED(HttpStatus.METHOD_NOT_ALLOWED, "That cannot be done here"),
    NOT_ACCEPTABLE(HttpStatus.NOT_ACCEPTABLE, "It cannot be had in that form"),
    UNSUPPORTED_MEDIA_TYPE(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "The body's form is not known"),
    NOT_FROZEN(HttpStatus.CONFLICT, "No game stands still"),
    RELOAD_RUNNING(HttpStatus.CONFLICT, "A reload is under way"),
    SNAPSHOT_REFUSED(HttpStatus.CONFLICT, "No snapshot can be taken or restored"),
    SNAPSHOT_RUNNING(HttpStatus.CONFLICT, "A snapshot is under way"),
    SESSION_STUCK(HttpStatus.SERVICE_UNAVAILABLE, "The session does not go on"),
    SESSION_RUNNING(HttpStatus.CONFLICT, "The session is still running"),
    ANALYZER_CHANGED(HttpStatus.CONFLICT, "The analyzer was changed meanwhile"),
    SESSION_ENDED(HttpStatus.CONFLICT, "The session has ended already"),
    NOT_FIRST(HttpStatus.CONFLICT, "Something waits before it on its way"),
    INJECTION_REFUSED(HttpStatus.CONFLICT, "That cannot be injected"),
    RULES_NOT_WRITABLE(HttpStatus.CONFLICT, "The rules cannot be written"),
    TOO_MANY_STREAMS(HttpStatus.SERVICE_UNAVAILABLE, "Too many live streams are open"),
    SCREEN_AWAY(HttpStatus.BAD_GATEWAY, "The screen does not answer"),
    DATABASE_AWAY(HttpStatus.SERVICE_UNAVAILABLE, "The database does not answer"),
    KAFKA_AWAY(HttpStatus.SERVICE_UNAVAILABLE, "Kafka does not answer"),
    REQUEST_REFUSED(HttpStatus.BAD_REQUEST, "The request was refused"),
    BUG(HttpStatus.INTERNAL_SERVER_ERROR, "The gateway made a mistake");

    private final HttpStatus status;
    private final String title;

    ProblemKind(HttpStatus status, String title) {
        this.status = status;
        this.title = title;
    }

    HttpStatus status() {
        return status;
    }

    String title() {
        return title;
    }

    String type() {
        return "urn:kontor:problem:" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public ProblemException with(String detail) {
        return new ProblemException(this, detail, null, null, null);
    }
}
