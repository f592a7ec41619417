package kontor.gateway.events;

import io.swagger.v3.oas.annotations.media.Schema;

/** The flow of an event, seen in the direction in which the event went. */
public record FlowPart(
        @Schema(description = "flow number in the session", example = "3") int number,
        @Schema(description = "tcp or udp", example = "tcp") String protocol,
        @Schema(description = "whether the event came from the opener's side") boolean fromOpener,
        FlowEnd source,
        FlowEnd destination) {}
