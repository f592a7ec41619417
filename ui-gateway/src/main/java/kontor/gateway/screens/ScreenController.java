package kontor.gateway.screens;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.InetSocketAddress;
import kontor.gateway.http.ProblemKind;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** The games' screens. Users of the gateway may look, and use mouse and keyboard. */
@RestController
@RequestMapping("/api")
@Tag(name = "screens")
class ScreenController {

    private final Screens screens;
    private final ScreenBridge bridge;

    ScreenController(Screens screens, ScreenBridge bridge) {
        this.screens = screens;
        this.bridge = bridge;
    }

    @GetMapping("/screens")
    @Operation(summary = "Games with a screen, in the order of the lab file")
    ScreenList screens() {
        return screens.list();
    }

    @GetMapping("/instances/{name}/screen")
    @Operation(
            summary = "The screen of a game: a WebSocket that carries VNC (RFC 6143)",
            description =
                    "Binary messages; where one ends means nothing. Only pages of this gateway and"
                            + " programs are let in, with the token where there is one.")
    Mono<Void> screen(
            @PathVariable @Parameter(example = "game1") String name,
            @Parameter(hidden = true) ServerWebExchange exchange) {
        InetSocketAddress screen =
                screens.of(name)
                        .orElseThrow(() ->
                                ProblemKind.NO_SUCH_SCREEN.with(
                                        "the lab file has no instance '%s' with 'vnc'"
                                                .formatted(name)));
        return bridge.carry(exchange, name, screen);
    }
}
