package kontor.gateway.http;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Refuses query parameters that an endpoint does not have: a mistyped one would be ignored without
 * a word.
 */
@Component
@Order(10)
final class KnownParameters implements WebFilter {

    private final RequestMappingHandlerMapping mapping;

    KnownParameters(RequestMappingHandlerMapping requestMappingHandlerMapping) {
        this.mapping = requestMappingHandlerMapping;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        if (!exchange.getRequest().getPath().value().startsWith("/api/")) {
            return chain.filter(exchange);
        }
        return mapping.getHandler(exchange)
                .ofType(HandlerMethod.class)
                .doOnNext(method -> check(method, exchange))
                .then(Mono.defer(() -> chain.filter(exchange)));
    }

    private static void check(HandlerMethod method, ServerWebExchange exchange) {
        List<String> allowed =
                Stream.of(method.getMethodParameters())
                        .filter(parameter -> parameter.hasParameterAnnotation(RequestParam.class))
                        .map(parameter ->
                                Objects.requireNonNull(parameter.getParameter().getName()))
                        .sorted()
                        .toList();
        for (var given : exchange.getRequest().getQueryParams().entrySet()) {
            String name = given.getKey();
            if (!allowed.contains(name)) {
                throw new ProblemException(
                        ProblemKind.UNKNOWN_PARAMETER,
                        "'%s' is no parameter here; allowed: %s"
                                .formatted(
                                        name,
                                        allowed.isEmpty() ? "none" : String.join(", ", allowed)),
                        name,
                        exchange.getRequest().getQueryParams().getFirst(name),
                        allowed);
            }
            if (given.getValue().size() > 1) {
                throw ProblemException.badParameter(
                        name, String.join(",", given.getValue()), "one value");
            }
        }
    }
}
