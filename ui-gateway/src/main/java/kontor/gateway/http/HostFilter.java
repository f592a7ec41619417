package kontor.gateway.http;

import java.util.Optional;
import kontor.gateway.access.HostRule;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Refuses requests that are meant for another host, and those of other origins' pages. */
@Component
@Order(-200)
final class HostFilter implements WebFilter {

    private final AccessRules rules;

    HostFilter(AccessRules rules) {
        this.rules = rules;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        Optional<HostRule> rule = rules.hosts(exchange.getRequest().getPath().value());
        HttpHeaders headers = exchange.getRequest().getHeaders();
        String host = headers.getFirst(HttpHeaders.HOST);
        if (rule.isPresent() && !rule.get().answersTo(host)) {
            return Mono.error(
                    ProblemKind.FOREIGN_HOST.with(
                            "the request is for '%s'; if that is a name of this gateway, add it to"
                                            .formatted(host)
                                    + " KONTOR_ALLOWED_HOSTS"));
        }
        String origin = headers.getFirst(HttpHeaders.ORIGIN);
        if (rule.isPresent() && !rule.get().admits(origin, host)) {
            return Mono.error(
                    ProblemKind.FOREIGN_ORIGIN.with(
                            "the request comes from a page of '%s'; if that is this gateway's own,"
                                            .formatted(origin)
                                    + " behind a proxy, add its host to KONTOR_ALLOWED_HOSTS"));
        }
        return chain.filter(exchange);
    }
}
