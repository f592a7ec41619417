package kontor.launcher.plan;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The settings of a broker that is alone and on this machine: Kafka's server.properties. */
final class BrokerSettings {

    private BrokerSettings() {}

    /**
     * @param games a second address for adapters that have no way to the first, as ADDRESS:PORT
     */
    static String text(Path log, int port, int controllerPort, Optional<String> games) {
        String second = games.map(address -> ",GAMES://" + address).orElse("");
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", "1");
        settings.put("controller.quorum.bootstrap.servers", "127.0.0.1:" + controllerPort);
        settings.put(
                "listeners",
                "CLIENTS://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d%s"
                        .formatted(port, controllerPort, second));
        settings.put("advertised.listeners", "CLIENTS://127.0.0.1:" + port + second);
        settings.put("inter.broker.listener.name", "CLIENTS");
        settings.put("controller.listener.names", "CONTROLLER");
        settings.put(
                "listener.security.protocol.map",
                "CLIENTS:PLAINTEXT,CONTROLLER:PLAINTEXT"
                        + (games.isPresent() ? ",GAMES:PLAINTEXT" : ""));
        settings.put("log.dirs", log.toString());
        settings.put("auto.create.topics.enable", "false");

        // Alone: one replica of everything.
        settings.put("offsets.topic.replication.factor", "1");
        settings.put("offsets.topic.num.partitions", "1");
        settings.put("transaction.state.log.replication.factor", "1");
        settings.put("transaction.state.log.min.isr", "1");
        settings.put("transaction.state.log.num.partitions", "1");
        settings.put("share.coordinator.state.topic.replication.factor", "1");
        settings.put("share.coordinator.state.topic.min.isr", "1");
        settings.put("share.coordinator.state.topic.num.partitions", "1");

        // Quickly back: a broker started again after kill -9 waits for its old session to end, and
        // asks after 0.1, 0.3, 0.7, 1.5 and 3.1 s. A heartbeat that is late costs a moment only.
        settings.put("broker.session.timeout.ms", "1000");
        settings.put("broker.heartbeat.interval.ms", "250");
        settings.put("group.initial.rebalance.delay.ms", "0");
        settings.put("controlled.shutdown.enable", "false");

        // Small.
        settings.put("num.network.threads", "2");
        settings.put("num.io.threads", "4");
        settings.put("log.cleaner.dedupe.buffer.size", "4194304");

        // After kill -9 what was written since a segment was begun is read again; what is in closed
        // ones is known to be on the disk, as soon as that has been noted.
        settings.put("log.segment.bytes", "8388608");
        settings.put("log.flush.offset.checkpoint.interval.ms", "5000");
        settings.put("num.recovery.threads.per.data.dir", "4");
        settings.put("message.max.bytes", "1048588");
        return settings.entrySet().stream()
                .map(setting -> setting.getKey() + "=" + setting.getValue() + "\n")
                .collect(Collectors.joining());
    }
}
