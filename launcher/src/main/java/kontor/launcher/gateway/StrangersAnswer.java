package kontor.launcher.gateway;

import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * Senders that an instance's adapter ignored, as they are not its game.
 *
 * @param packets datagrams and connections in this run
 * @param sources "127.9.9.9 (udp, 7)", those with the most packets first
 */
public record StrangersAnswer(String instance, long packets, List<String> sources) {

    public StrangersAnswer {
        sources = List.copyOf(sources);
    }

    /** Of the instances of a lab whose adapters speak, from the gateway's list of instances. */
    static List<StrangersAnswer> of(JsonNode instances, String lab) {
        return instances
                .get("instances")
                .valueStream()
                .filter(instance -> instance.get("lab").asString().equals(lab))
                .filter(instance -> instance.get("connected").asBoolean())
                .filter(instance -> instance.hasNonNull("network"))
                .map(StrangersAnswer::of)
                .toList();
    }

    private static StrangersAnswer of(JsonNode instance) {
        JsonNode network = instance.get("network");
        return new StrangersAnswer(
                instance.get("name").asString(),
                network.get("strangerPackets").asLong(),
                network.get("strangers")
                        .valueStream()
                        .map(source ->
                                "%s (%s, %d)"
                                        .formatted(
                                                source.get("address").asString(),
                                                source.get("protocol").asString(),
                                                source.get("packets").asLong()))
                        .toList());
    }
}
