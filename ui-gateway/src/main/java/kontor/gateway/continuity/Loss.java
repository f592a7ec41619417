package kontor.gateway.continuity;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Datagrams that an adapter said were lost, at one place. */
public record Loss(
        @Schema(description = "whose adapter said so", example = "game1") String instance,
        @Schema(
                        description =
                                "socket_buffer: the adapter's socket had no room for what the game"
                                        + " sent. spool_full: its spool had none. game_socket: the"
                                        + " game's own socket had no room for what it was sent",
                        example = "socket_buffer")
                String cause,
        @Schema(
                        description = "address and port of that socket; absent for the spool",
                        example = "127.1.0.2:2380")
                @Nullable String socket,
        @Schema(description = "session sequence where it was said first", example = "42")
                long sequence,
        long datagrams) {

    @Override
    public String toString() {
        String where =
                switch (cause) {
                    case "socket_buffer" -> "at the adapter's socket";
                    case "game_socket" -> "at the game's socket";
                    case "spool_full" -> "as the adapter's spool was full";
                    default -> "for the cause " + cause;
                };
        return "%s: %d datagrams lost %s%s, first said at %d"
                .formatted(
                        instance, datagrams, where, socket == null ? "" : " " + socket, sequence);
    }
}
