package kontor.launcher.gateway;

import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * Datagrams from or for one game that its adapter says were lost in this run.
 *
 * @param datagrams all of them
 * @param inSockets of them, those that found an adapter's socket full
 * @param atGame of them, those that found the game's own socket full
 */
public record LossAnswer(String instance, long datagrams, long inSockets, long atGame) {

    /** The others: those that found the adapter's spool full. */
    public long inSpool() {
        return datagrams - inSockets - atGame;
    }

    /** Of the instances of a lab whose adapters speak, from the gateway's list of instances. */
    static List<LossAnswer> of(JsonNode instances, String lab) {
        return instances
                .get("instances")
                .valueStream()
                .filter(instance -> instance.get("lab").asString().equals(lab))
                .filter(instance -> instance.get("connected").asBoolean())
                .map(instance ->
                        new LossAnswer(
                                instance.get("name").asString(),
                                instance.path("missedDatagrams").asLong(0),
                                instance.path("missedInSockets").asLong(0),
                                instance.path("missedAtGame").asLong(0)))
                .toList();
    }
}
