package kontor.gateway.http;

import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.ReactiveAuthenticationManager;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.web.server.SecurityWebFiltersOrder;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity.AuthorizeExchangeSpec;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.authentication.AuthenticationWebFilter;
import org.springframework.security.web.server.authentication.ServerAuthenticationEntryPointFailureHandler;
import org.springframework.security.web.server.context.NoOpServerSecurityContextRepository;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatcher.MatchResult;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Who asks has to show the token, where there is one; see ADR 0013. The page itself is no secret
 * and lets people show it.
 */
@Configuration(proxyBeanMethods = false)
@EnableWebFluxSecurity
class SecurityConfiguration {

    /** The page's own files, the sign-in, and what probes ask. */
    private static final String[] FOR_EVERYBODY = {
        "/",
        "/index.html",
        "/app.js",
        "/kontor.css",
        "/kontor.svg",
        "/api/*.js",
        "/state/*.js",
        "/views/*.js",
        SignInController.PATH,
        "/livez",
        "/readyz",
        "/followersz"
    };

    @Bean
    ReactiveAuthenticationManager tokenCheck(AccessRules rules, Clock clock) {
        return new TokenCheck(rules.token(), clock);
    }

    @Bean
    SecurityWebFilterChain security(
            ServerHttpSecurity http, AccessRules rules, ReactiveAuthenticationManager tokenCheck) {
        return http
                // A cookie changes nothing without an Origin of our own: see Presented.
                .csrf(ServerHttpSecurity.CsrfSpec::disable)
                .httpBasic(ServerHttpSecurity.HttpBasicSpec::disable)
                .formLogin(ServerHttpSecurity.FormLoginSpec::disable)
                .logout(ServerHttpSecurity.LogoutSpec::disable)
                // PageSafety sets them.
                .headers(ServerHttpSecurity.HeaderSpec::disable)
                .securityContextRepository(NoOpServerSecurityContextRepository.getInstance())
                .addFilterAt(
                        authentication(rules, tokenCheck), SecurityWebFiltersOrder.AUTHENTICATION)
                .authorizeExchange(exchanges -> authorize(exchanges, rules))
                .exceptionHandling(
                        refused -> refused.authenticationEntryPoint(SecurityConfiguration::problem))
                .build();
    }

    private static void authorize(AuthorizeExchangeSpec exchanges, AccessRules rules) {
        if (rules.token().isEmpty()) {
            exchanges.anyExchange().permitAll();
            return;
        }
        exchanges
                .pathMatchers(FOR_EVERYBODY)
                .permitAll()
                .matchers(exchange ->
                        rules.isManagement(exchange.getRequest().getPath().value())
                                ? MatchResult.match()
                                : MatchResult.notMatch())
                .permitAll()
                .anyExchange()
                .authenticated();
    }

    private static AuthenticationWebFilter authentication(
            AccessRules rules, ReactiveAuthenticationManager tokenCheck) {
        AuthenticationWebFilter filter = new AuthenticationWebFilter(tokenCheck);
        filter.setServerAuthenticationConverter(exchange ->
                Mono.justOrEmpty(
                        rules.token()
                                .flatMap(token ->
                                        Presented.in(exchange.getRequest(), token.passName()))));
        filter.setAuthenticationFailureHandler(
                new ServerAuthenticationEntryPointFailureHandler(SecurityConfiguration::problem));
        return filter;
    }

    private static Mono<Void> problem(ServerWebExchange exchange, AuthenticationException refused) {
        exchange.getResponse().getHeaders().set(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        return Mono.error(
                refused instanceof TokenCheck.WrongTokenException
                        ? ProblemKind.TOKEN_WRONG.with(String.valueOf(refused.getMessage()))
                        : ProblemKind.TOKEN_MISSING.with(
                                "show the gateway's token: 'Authorization: Bearer ...', or sign in"
                                        + " on the page; its file is what KONTOR_TOKEN_FILE names"
                                        + " where the gateway runs"));
    }
}
