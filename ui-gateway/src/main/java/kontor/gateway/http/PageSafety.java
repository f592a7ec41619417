package kontor.gateway.http;

import java.util.Set;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * What a game sends is shown on the page: nothing in it may become code, and no other site may
 * command the lab through the browser of who looks at it.
 */
@Component
@Order(-300)
final class PageSafety implements WebFilter {

    private static final String CONTENT_SECURITY_POLICY =
            "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none';"
                    + " form-action 'none'; frame-ancestors 'none'";

    private static final Set<HttpMethod> HARMLESS =
            Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        HttpHeaders headers = exchange.getResponse().getHeaders();
        headers.set("Content-Security-Policy", CONTENT_SECURITY_POLICY);
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("Cross-Origin-Opener-Policy", "same-origin");
        headers.set("Cross-Origin-Resource-Policy", "same-origin");
        if (isFromAnotherSite(exchange.getRequest())) {
            return Mono.error(
                    ProblemKind.CROSS_SITE.with("only the page itself and programs may do that"));
        }
        return chain.filter(exchange);
    }

    /** Browsers say where a request comes from; programs do not, and are no danger. */
    private static boolean isFromAnotherSite(ServerHttpRequest request) {
        String site = request.getHeaders().getFirst("Sec-Fetch-Site");
        return !HARMLESS.contains(request.getMethod())
                && site != null
                && !site.equals("same-origin")
                && !site.equals("none");
    }
}
