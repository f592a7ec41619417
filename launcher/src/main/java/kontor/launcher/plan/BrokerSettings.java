package kontor.launcher.plan;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import kontor.topics.BrokerLogin;

/** The settings of a broker that is alone and on this machine: Kafka's server.properties. */
final class BrokerSettings {

    private BrokerSettings() {}

    /**
     * @param fewProcessors whether this machine has few
     * @param games a second address for adapters that have no way to the first, as ADDRESS:PORT
     * @param guests where those with a password of their own come in; who comes in elsewhere, on
     *     this machine, may do everything
     */
    static String text(
            Path directory,
            int port,
            int controllerPort,
            boolean fewProcessors,
            Optional<String> games,
            Optional<Guests> guests) {
        String others =
                games.map(address -> ",GAMES://" + address).orElse("")
                        + guests.map(where -> ",%s://%s".formatted(Guests.LISTENER, where.place()))
                                .orElse("");
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", "1");
        settings.put("controller.quorum.bootstrap.servers", "127.0.0.1:" + controllerPort);
        settings.put(
                "listeners",
                "CLIENTS://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d%s"
                        .formatted(port, controllerPort, others));
        settings.put("advertised.listeners", "CLIENTS://127.0.0.1:" + port + others);
        settings.put("inter.broker.listener.name", "CLIENTS");
        settings.put("controller.listener.names", "CONTROLLER");
        settings.put(
                "listener.security.protocol.map",
                "CLIENTS:PLAINTEXT,CONTROLLER:PLAINTEXT"
                        + (games.isPresent() ? ",GAMES:PLAINTEXT" : "")
                        + (guests.isPresent() ? ",GUESTS:SASL_SSL" : ""));
        guests.ifPresent(where -> settings.putAll(locked(guestFiles(directory), where)));
        settings.put("log.dirs", directory.resolve("log").toString());
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

        // Where processors are few, waking a second thread for a request costs more than it gains.
        // Otherwise an odd number: connections are assigned round-robin, and each client first
        // opens one that it leaves idle, so an even number would leave half of the threads idle.
        settings.put("num.network.threads", fewProcessors ? "1" : "3");
        settings.put("num.io.threads", fewProcessors ? "1" : "4");

        // The system's own choice: 100 KB do not hold two reads of a bulk transfer.
        settings.put("socket.send.buffer.bytes", "-1");
        settings.put("socket.receive.buffer.bytes", "-1");

        // Small.
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

    /** Where the broker's key for guests is. */
    static Path guestFiles(Path directory) {
        return directory.resolve("guests");
    }

    private static Map<String, String> locked(Path files, Guests guests) {
        return Map.of(
                "authorizer.class.name",
                "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
                "super.users",
                "User:ANONYMOUS",
                "listener.name.guests.sasl.enabled.mechanisms",
                BrokerLogin.MECHANISM,
                "listener.name.guests.scram-sha-512.sasl.jaas.config",
                "org.apache.kafka.common.security.scram.ScramLoginModule required;",
                "listener.name.guests.ssl.keystore.type",
                GuestFiles.STORE_TYPE,
                "listener.name.guests.ssl.keystore.location",
                GuestFiles.key(files, guests).toString(),
                "listener.name.guests.ssl.keystore.password",
                GuestFiles.STORE_PASSWORD);
    }
}
