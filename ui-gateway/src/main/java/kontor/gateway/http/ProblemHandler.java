package kontor.gateway.http;

import java.util.List;
import java.util.UUID;
import kontor.gateway.control.ControlRequests.KafkaAwayException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.annotation.Order;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.web.server.MethodNotAllowedException;
import org.springframework.web.server.NotAcceptableStatusException;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.ServerWebInputException;
import org.springframework.web.server.UnsupportedMediaTypeStatusException;
import org.springframework.web.server.WebExceptionHandler;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** Answers every failure with a problem, whatever the request wanted to accept. */
@Component
@Order(-2)
final class ProblemHandler implements WebExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemHandler.class);

    private final JsonMapper json;

    ProblemHandler(JsonMapper json) {
        this.json = json;
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange, Throwable failure) {
        ServerHttpResponse response = exchange.getResponse();
        if (response.isCommitted()) {
            return Mono.error(failure);
        }
        String path = exchange.getRequest().getPath().value();
        ProblemException known = known(failure, path);
        if (known.kind() == ProblemKind.BUG) {
            LOG.error(
                    "{} {} failed with an unexpected error (bug); answered with status 500",
                    exchange.getRequest().getMethod(),
                    path,
                    failure);
        }
        if (failure instanceof ResponseStatusException withHeaders) {
            response.getHeaders().putAll(withHeaders.getHeaders());
        }
        HttpStatusCode status = known.kind().status();
        response.setStatusCode(status);
        response.getHeaders().setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        DataBuffer body =
                response.bufferFactory().wrap(json.writeValueAsBytes(known.problem(path)));
        response.getHeaders().setContentLength(body.readableByteCount());
        return response.writeWith(Mono.just(body));
    }

    private static ProblemException known(Throwable failure, String path) {
        return switch (failure) {
            case ProblemException problem -> problem;
            case DataAccessException e -> ProblemKind.DATABASE_AWAY.with(cause(e));
            case TransactionException e -> ProblemKind.DATABASE_AWAY.with(cause(e));
            case KafkaAwayException e -> ProblemKind.KAFKA_AWAY.with(cause(e));
            case ServerWebInputException e -> input(e);
            case MethodNotAllowedException e ->
                    ProblemKind.METHOD_NOT_ALLOWED.with(
                            "%s cannot be done with %s; allowed: %s"
                                    .formatted(e.getHttpMethod(), path, e.getSupportedMethods()));
            case NotAcceptableStatusException e ->
                    ProblemKind.NOT_ACCEPTABLE.with("allowed: " + e.getSupportedMediaTypes());
            case UnsupportedMediaTypeStatusException e ->
                    ProblemKind.UNSUPPORTED_MEDIA_TYPE.with(
                            "allowed: " + e.getSupportedMediaTypes());
            case ResponseStatusException e when e.getStatusCode().value() == 404 ->
                    ProblemKind.NO_SUCH_PATH.with(
                            path + " is unknown; /v3/api-docs lists what there is");
            case ResponseStatusException e when e.getStatusCode().is4xxClientError() ->
                    ProblemKind.REQUEST_REFUSED.with(String.valueOf(e.getReason()));
            default -> ProblemKind.BUG.with("see the gateway's log");
        };
    }

    private static ProblemException input(ServerWebInputException e) {
        @Nullable Throwable cause = e.getCause();
        var parameter = e.getMethodParameter();
        if (cause instanceof TypeMismatchException mismatch && parameter != null) {
            return ProblemException.badParameter(
                    String.valueOf(parameter.getParameterName()),
                    String.valueOf(mismatch.getValue()),
                    allowed(parameter.getParameterType()));
        }
        return ProblemKind.BAD_BODY.with(
                cause == null ? String.valueOf(e.getReason()) : cause(cause));
    }

    private static String allowed(Class<?> type) {
        if (type == UUID.class) {
            return "a UUID like 0190f3c2-7a11-7c53-9e1a-3f1f5a2b6c4d";
        }
        if (List.of(Integer.class, Long.class, int.class, long.class).contains(type)) {
            return "a whole number";
        }
        return "a " + type.getSimpleName();
    }

    /** The first line of the innermost message: what a person can do something about. */
    private static String cause(Throwable failure) {
        Throwable innermost = NestedExceptionUtils.getMostSpecificCause(failure);
        return String.valueOf(innermost.getMessage()).lines().findFirst().orElse("");
    }
}
