package kontor.gateway.http;

import java.io.Serial;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpCookie;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.authentication.AbstractAuthenticationToken;

/** What a request shows to be let in; not checked yet. */
final class Presented extends AbstractAuthenticationToken {

    /** By whom a request is sent. */
    enum Kind {
        /** A program, which has the token itself. */
        TOKEN,
        /** A browser, which has a pass, as a cookie. */
        PASS
    }

    @Serial private static final long serialVersionUID = 1L;

    private static final String BEARER = "bearer ";
    private static final Set<HttpMethod> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD);

    private final Kind kind;
    private final String value;

    private Presented(Kind kind, String value) {
        super(List.of());
        this.kind = kind;
        this.value = value;
    }

    /**
     * The token goes before a pass. The browser adds a pass by itself, no matter which page made it
     * send the request; a pass counts for changes only where the browser says from which page they
     * come, and {@link HostFilter} has looked at that.
     */
    static Optional<Presented> in(ServerHttpRequest request, String passName) {
        HttpHeaders headers = request.getHeaders();
        @Nullable String authorization = headers.getFirst(HttpHeaders.AUTHORIZATION);
        if (authorization != null && authorization.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
            String token = authorization.substring(BEARER.length()).strip();
            return Optional.of(new Presented(Kind.TOKEN, token));
        }
        @Nullable HttpCookie pass = request.getCookies().getFirst(passName);
        if (pass == null) {
            return Optional.empty();
        }
        if (!READING.contains(request.getMethod())
                && headers.getFirst(HttpHeaders.ORIGIN) == null) {
            throw ProblemKind.CROSS_SITE.with(
                    "who is signed in by a cookie changes things from the page only: there is no"
                            + " Origin; programs show the token");
        }
        return Optional.of(new Presented(Kind.PASS, pass.getValue()));
    }

    Kind kind() {
        return kind;
    }

    String value() {
        return value;
    }

    @Override
    public String getCredentials() {
        return "";
    }

    @Override
    public String getPrincipal() {
        return "the bearer of the token";
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
