package kontor.gateway.injections;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What is to be sent to a game as if another had sent it. */
public record InjectionRequest(
        @Schema(description = "the instance that seems to send it", example = "game1")
                @Nullable String from,
        @Schema(
                        description =
                                "the instance that gets it; with a flow: the one at its other end",
                        example = "game2")
                @Nullable String to,
        @Schema(
                        description =
                                "a flow of the session: needed for TCP, and gives the ports of UDP",
                        example = "3")
                @Nullable Integer flow,
        @Schema(description = "UDP without flow: the port it seems to come from", example = "2350")
                @Nullable Integer fromPort,
        @Schema(description = "UDP without flow: the port it goes to", example = "2350")
                @Nullable Integer toPort,
        @Schema(description = "what, one after the other") @Nullable List<Part> parts,
        @Schema(description = "or stored packets with the time between them")
                @Nullable Stored stored,
        @Schema(
                        description =
                                "send it each time this comes, instead of at once; 'times' is how"
                                        + " often at most")
                @Nullable Answer answer,
        @Schema(description = "how often all of it; once if left out", example = "1")
                @Nullable Integer times,
        @Schema(description = "the time between its end and its next beginning", example = "500")
                @Nullable Integer everyMillis,
        @Schema(description = "who asks for it, for a person") @Nullable String author) {

    public InjectionRequest {
        parts = parts == null ? null : List.copyOf(parts);
    }

    /** Bytes, from scratch or of a stored event or message, edited. */
    public record Part(
            @Schema(description = "from scratch", example = "3400b0fa") @Nullable String hex,
            @Schema(description = "or the payload of this event", example = "42")
                    @Nullable Long event,
            @Schema(
                            description =
                                    "of this event the message with this index, whole, also where"
                                            + " it came in several events",
                            example = "0")
                    @Nullable Integer message,
            @Schema(description = "the event's session; this one if left out")
                    @Nullable UUID session,
            @Schema(description = "of those bytes, in this order") @Nullable List<Edit> edits,
            @Schema(description = "the time since the part before; 0 if left out", example = "100")
                    @Nullable Integer afterMillis) {

        public Part {
            edits = edits == null ? null : List.copyOf(edits);
        }
    }

    /** Other bytes in the place of as many. */
    public record Edit(
            @Schema(description = "the first of them; -1 is the last", example = "10") int at,
            @Schema(description = "these", example = "00ff") @Nullable String bytes,
            @Schema(description = "or, in an answer, bytes of the event that is answered")
                    @Nullable Copy copy) {}

    /** Bytes of the payload that is answered. */
    public record Copy(
            @Schema(description = "the first of them; -1 is the last", example = "0") int from,
            @Schema(example = "4") int length) {}

    /** What is answered. */
    public record Answer(
            @Schema(
                            description =
                                    "a filter: each datagram, and each piece of a TCP flow, that"
                                            + " it finds from now on; never what is injected",
                            example = "instance == \"game2\" and x642.chat.text")
                    @Nullable String filter) {}

    /** What one end of a stored flow sent. */
    public record Stored(
            @Schema(description = "its session; this one if left out") @Nullable UUID session,
            @Schema(description = "its flow", example = "3") int flow,
            @Schema(description = "who sent it there; 'from' if left out", example = "game1")
                    @Nullable String sender,
            @Schema(description = "the first event", example = "17") long first,
            @Schema(description = "the last event", example = "42") long last,
            @Schema(description = "2: in half the time; 1 if left out", example = "1")
                    @Nullable Double speed) {}
}
