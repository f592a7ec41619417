package kontor.gateway.instances;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The network that a game sees, and who else was in it. */
public record InstanceNetwork(
        @Schema(
                        description =
                                "the game's own address; absent while it is not known, as the first"
                                        + " that speaks will be it",
                        example = "127.1.0.1")
                @Nullable String game,
        @Schema(
                        description =
                                "where this game sees the others: it joins by these addresses",
                        example = "{\"game2\": \"127.1.0.2\"}")
                Map<String, String> peers,
        @Schema(
                        description =
                                "what the game sends to it, or to 255.255.255.255, goes to all"
                                        + " others; absent: searches by broadcast are not seen",
                        example = "127.1.0.255")
                @Nullable String broadcast,
        @Schema(
                        description =
                                "TCP ports that the lab's adapters listen on, as a lab file writes"
                                    + " them; absent for none: what is sent elsewhere is not seen",
                        example = "2300-2400, 47624")
                @Nullable String tcpPorts,
        @Schema(description = "the same for UDP", example = "2300-2400, 47624")
                @Nullable String udpPorts,
        @Schema(
                        description =
                                "datagrams and connections that were not the game's, in this run;"
                                        + " they were ignored or reset",
                        example = "0")
                long strangerPackets,
        @Schema(description = "where they came from, most packets first; not all of many")
                List<Stranger> strangers) {

    public InstanceNetwork {
        peers = Collections.unmodifiableMap(new TreeMap<>(peers));
        strangers = List.copyOf(strangers);
    }

    /** Somebody who is not the game. */
    public record Stranger(
            @Schema(example = "127.9.9.9") String address,
            @Schema(example = "udp") String protocol,
            long packets) {}
}
