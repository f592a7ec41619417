package kontor.adapter.run;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import kontor.adapter.game.GameSettings;
import kontor.adapter.game.StrangerSettings;
import kontor.adapter.kafka.KafkaSettings;
import kontor.adapter.pace.PaceBounds;
import kontor.adapter.relay.RelayBounds;
import kontor.adapter.relay.WindowBounds;
import kontor.adapter.spool.FileSpoolSettings;
import kontor.adapter.spool.SpoolBounds;
import kontor.topics.BrokerLogin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;

/**
 * All settings of this process; application.yaml says what each is for and how it is set.
 *
 * @param labFile path of the lab file
 * @param instance whose adapter this is, by its name in the lab file; several, separated by commas,
 *     share the process
 * @param dataDirectory for what must outlive the process; empty: in {@code .kontor}
 * @param stopPatience how long the end of a run waits for the broker
 */
@ConfigurationProperties("kontor")
record AdapterSettings(
        String labFile,
        String instance,
        String dataDirectory,
        Duration stopPatience,
        Kafka kafka,
        Game game,
        Outbound outbound,
        Pace pace,
        Window window,
        Strangers strangers,
        Spool spool,
        Freeze freeze) {

    AdapterSettings {
        requirePositive("stop-patience", stopPatience.toMillis());
    }

    /**
     * The settings of each adapter of this process, which has one instance and two directories: for
     * several, directories in those that are set, named as the adapter.
     *
     * @throws AdapterStartException if an instance is named twice, or several would share what is
     *     only for one
     */
    List<AdapterSettings> each() {
        List<String> names = names(instance);
        if (Set.copyOf(names).size() < names.size()) {
            throw new AdapterStartException("KONTOR_INSTANCE names an instance twice: " + instance);
        }
        boolean alone = names.size() == 1;
        if (!alone && (kafka.guest || !freeze.cgroup.isBlank())) {
            throw new AdapterStartException(
                    "KONTOR_KAFKA_GUEST and KONTOR_FREEZE_CGROUP are for one instance, not for "
                            + instance);
        }
        return names.stream().map(name -> of(name, alone)).toList();
    }

    /** The instances that a setting names; one at least, which may be the empty name. */
    static List<String> names(String instance) {
        return Stream.of(instance.split(",", -1)).map(String::strip).toList();
    }

    private AdapterSettings of(String name, boolean alone) {
        String own = "adapter-" + name;
        Path data =
                dataDirectory.isBlank()
                        ? Path.of(".kontor", own)
                        : alone ? Path.of(dataDirectory) : Path.of(dataDirectory, own);
        Path spooled =
                spool.directory.isBlank()
                        ? data.resolve("spool")
                        : alone ? Path.of(spool.directory) : Path.of(spool.directory, own);
        return new AdapterSettings(
                labFile,
                name,
                data.toString(),
                stopPatience,
                kafka,
                game,
                outbound,
                pace,
                window,
                strangers,
                spool.in(spooled.toString()),
                freeze);
    }

    RelayBounds relayBounds() {
        return outbound.bounds(window.bounds());
    }

    /** See {@link KafkaSettings}. */
    record Kafka(
            String servers,
            int receiptsWaiting,
            int commandBatches,
            Duration silence,
            String user,
            String password,
            String trust,
            boolean guest) {

        Kafka {
            requirePositive("kafka.receipts-waiting", receiptsWaiting);
            requirePositive("kafka.command-batches", commandBatches);
            requirePositive("kafka.silence", silence.toMillis());
            BrokerLogin _ = new BrokerLogin(user, password, trust);
        }

        KafkaSettings settings() {
            return new KafkaSettings(
                    servers,
                    receiptsWaiting,
                    commandBatches,
                    silence,
                    new BrokerLogin(user, password, trust),
                    guest);
        }
    }

    /** See {@link GameSettings}. */
    record Game(
            Duration connectTimeout,
            Duration resetPatience,
            int acceptBacklog,
            DataSize datagramBuffer,
            int senderSockets,
            boolean nativeTransport) {

        Game {
            requirePositive("game.connect-timeout", connectTimeout.toMillis());
            requirePositive("game.reset-patience", resetPatience.toMillis());
            requirePositive("game.accept-backlog", acceptBacklog);
            requirePositive("game.datagram-buffer", datagramBuffer.toBytes());
            requirePositive("game.sender-sockets", senderSockets);
        }

        GameSettings settings() {
            return new GameSettings(
                    connectTimeout,
                    resetPatience,
                    acceptBacklog,
                    Math.toIntExact(datagramBuffer.toBytes()),
                    senderSockets,
                    nativeTransport);
        }
    }

    /** See {@link RelayBounds}, which checks them. */
    record Outbound(
            DataSize flowHighWater, DataSize flowLowWater, DataSize limit, int unfinishedCommands) {

        RelayBounds bounds(WindowBounds window) {
            return new RelayBounds(
                    flowHighWater.toBytes(),
                    flowLowWater.toBytes(),
                    limit.toBytes(),
                    unfinishedCommands,
                    window);
        }
    }

    /** See {@link WindowBounds}, which checks them. */
    record Window(
            DataSize initial, DataSize largest, DataSize total, Duration delay, Duration patience) {

        WindowBounds bounds() {
            return new WindowBounds(
                    WindowBounds.CONFIRM_AFTER_BYTES,
                    initial.toBytes(),
                    largest.toBytes(),
                    total.toBytes(),
                    delay.toMillis(),
                    patience.toMillis());
        }
    }

    /** See {@link StrangerSettings}. */
    record Strangers(int sources, Duration interval) {

        Strangers {
            requirePositive("strangers.sources", sources);
            requirePositive("strangers.interval", interval.toMillis());
        }

        StrangerSettings settings() {
            return new StrangerSettings(sources, interval);
        }
    }

    /** See {@link PaceBounds}, which checks them. */
    record Pace(DataSize burst, DataSize perSecond) {

        PaceBounds bounds() {
            return new PaceBounds(burst.toBytes(), perSecond.toBytes());
        }
    }

    /** See {@link FileSpoolSettings} and {@link SpoolBounds}, which check them. */
    record Spool(
            String directory,
            DataSize lowWater,
            DataSize highWater,
            DataSize limit,
            DataSize segment,
            DataSize memory,
            Duration forceInterval) {

        Spool in(String place) {
            return new Spool(place, lowWater, highWater, limit, segment, memory, forceInterval);
        }

        FileSpoolSettings settings() {
            return new FileSpoolSettings(
                    Path.of(directory),
                    new SpoolBounds(lowWater.toBytes(), highWater.toBytes(), limit.toBytes()),
                    segment.toBytes(),
                    memory.toBytes(),
                    forceInterval);
        }
    }

    /**
     * How the game is frozen.
     *
     * @param longest no freeze holds it for longer, whatever it asks for
     * @param patience how long it may take to stand still or to go on
     * @param cgroup control group of the game where the lab file has no way to freeze it; or empty
     */
    record Freeze(Duration longest, Duration patience, String cgroup) {

        Freeze {
            requirePositive("freeze.longest", longest.toMillis());
            requirePositive("freeze.patience", patience.toMillis());
        }
    }

    private static void requirePositive(String setting, long value) {
        if (value <= 0) {
            throw new IllegalArgumentException("kontor." + setting + " must be more than 0");
        }
    }
}
