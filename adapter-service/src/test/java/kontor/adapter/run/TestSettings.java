package kontor.adapter.run;

import java.nio.file.Path;
import java.time.Duration;
import org.springframework.util.unit.DataSize;

/** Settings of adapters in tests: everything is small. */
final class TestSettings {

    private TestSettings() {}

    /**
     * @param directory each instance has its spool and its data in it
     */
    static AdapterSettings of(String instance, String servers, Path directory) {
        return of(instance, servers, directory, Duration.ofMinutes(10));
    }

    /**
     * @param windowPatience how long a closed window waits for a confirmation
     */
    static AdapterSettings of(
            String instance, String servers, Path directory, Duration windowPatience) {
        return new AdapterSettings(
                "",
                instance,
                directory.resolve("data-" + instance).toString(),
                Duration.ofSeconds(10),
                new AdapterSettings.Kafka(
                        servers, 1000, 2, Duration.ofSeconds(10), "", "", "", false),
                new AdapterSettings.Game(
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(5),
                        128,
                        DataSize.ofMegabytes(4),
                        16,
                        true),
                new AdapterSettings.Outbound(
                        DataSize.ofMegabytes(1),
                        DataSize.ofKilobytes(256),
                        DataSize.ofMegabytes(16),
                        10_000),
                new AdapterSettings.Pace(DataSize.ofKilobytes(96), DataSize.ofMegabytes(2)),
                new AdapterSettings.Window(
                        DataSize.ofKilobytes(256),
                        DataSize.ofMegabytes(1),
                        DataSize.ofMegabytes(2),
                        Duration.ofMillis(40),
                        windowPatience),
                new AdapterSettings.Strangers(16, Duration.ofMillis(200)),
                new AdapterSettings.Spool(
                        directory.resolve("spool-" + instance).toString(),
                        DataSize.ofMegabytes(1),
                        DataSize.ofMegabytes(2),
                        DataSize.ofMegabytes(4),
                        DataSize.ofMegabytes(1),
                        DataSize.ofKilobytes(256),
                        Duration.ZERO),
                new AdapterSettings.Freeze(Duration.ofSeconds(30), Duration.ofSeconds(5), ""));
    }
}
