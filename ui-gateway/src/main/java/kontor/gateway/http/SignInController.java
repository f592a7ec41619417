package kontor.gateway.http;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import kontor.gateway.access.Token;
import kontor.gateway.settings.GatewaySettings;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/**
 * Gives a browser a pass for the token. A page's live stream cannot send a header of its own; a
 * cookie goes along by itself, and no script can read this one.
 */
@RestController
@Tag(name = "sign-in")
class SignInController {

    static final String PATH = "/api/sign-in";

    private final Optional<Token> token;
    private final Clock clock;
    private final Duration validity;

    SignInController(AccessRules rules, Clock clock, GatewaySettings settings) {
        this.token = rules.token();
        this.clock = clock;
        this.validity = settings.access().signedInFor();
    }

    @PostMapping(PATH)
    @SecurityRequirements
    @Operation(
            summary = "Show the token once; a cookie stands for it from then on",
            description =
                    "For browsers; programs send the token with each request. Where the gateway"
                            + " asks for no token it sets no cookie.")
    ResponseEntity<Void> signIn(
            @RequestBody(required = false) @Nullable SignInRequest body,
            ServerHttpRequest request) {
        if (token.isEmpty()) {
            return ResponseEntity.noContent().build();
        }
        @Nullable String given = body == null ? null : body.token();
        if (given == null || !token.get().matches(given.strip())) {
            throw ProblemKind.TOKEN_WRONG.with("the gateway has another one");
        }
        return answer(token.get().pass(clock.instant(), validity), validity, request);
    }

    @DeleteMapping(PATH)
    @SecurityRequirements
    @Operation(summary = "Forget that this browser has shown the token")
    ResponseEntity<Void> signOut(ServerHttpRequest request) {
        return token.isEmpty()
                ? ResponseEntity.noContent().build()
                : answer("", Duration.ZERO, request);
    }

    private ResponseEntity<Void> answer(String pass, Duration age, ServerHttpRequest request) {
        ResponseCookie cookie =
                ResponseCookie.from(token.orElseThrow().passName(), pass)
                        .httpOnly(true)
                        .sameSite("Strict")
                        .secure("https".equals(request.getURI().getScheme()))
                        .path("/")
                        .maxAge(age)
                        .build();
        return ResponseEntity.noContent().header(HttpHeaders.SET_COOKIE, cookie.toString()).build();
    }
}
