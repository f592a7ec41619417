package kontor.gateway.http;

import java.io.Serial;
import java.time.Clock;
import java.util.Optional;
import kontor.gateway.access.Token;
import org.springframework.security.authentication.ReactiveAuthenticationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import reactor.core.publisher.Mono;

/** Holds what a request shows against the token. */
final class TokenCheck implements ReactiveAuthenticationManager {

    private final Optional<Token> token;
    private final Clock clock;

    TokenCheck(Optional<Token> token, Clock clock) {
        this.token = token;
        this.clock = clock;
    }

    /** What was shown is not right; the message never has it. */
    static final class WrongTokenException extends AuthenticationException {

        @Serial private static final long serialVersionUID = 1L;

        WrongTokenException(String message) {
            super(message);
        }
    }

    @Override
    public Mono<Authentication> authenticate(Authentication authentication) {
        if (!(authentication instanceof Presented presented)) {
            return Mono.empty();
        }
        boolean right =
                token.filter(secret ->
                                switch (presented.kind()) {
                                    case TOKEN -> secret.matches(presented.value());
                                    case PASS ->
                                            secret.matchesPass(presented.value(), clock.instant());
                                })
                        .isPresent();
        presented.setAuthenticated(right);
        return right
                ? Mono.just(presented)
                : Mono.error(
                        new WrongTokenException(
                                switch (presented.kind()) {
                                    case TOKEN -> "the gateway has another one";
                                    case PASS -> "the sign-in is over, or for another token";
                                }));
    }
}
