package kontor.gateway.http;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Shows the token. */
public record SignInRequest(
        @Schema(description = "what the file has that KONTOR_TOKEN_FILE names")
                @Nullable String token) {

    @Override
    public String toString() {
        return "SignInRequest[token not shown]";
    }
}
