package kontor.testing.infrastructure;

import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.DockerClientFactory;

/**
 * Where the shared broker and database of the tests come from: containers of the images that
 * compose.yaml names, or the same programs without an engine.
 *
 * <p>The setting is the system property {@code kontor.test.infrastructure}, which Maven hands on:
 * {@code containers}, {@code embedded}, or {@code auto}, the default. Decided once per JVM, and
 * said there once. {@link MortalKafka} is a process in every case: it is killed and comes back at
 * its port.
 */
enum Infrastructure {
    CONTAINERS,
    EMBEDDED;

    static final String SETTING = "kontor.test.infrastructure";

    private static final Logger log = LoggerFactory.getLogger(Infrastructure.class);

    /** Of this JVM. */
    static Infrastructure chosen() {
        return Chosen.VALUE;
    }

    /**
     * What a setting means.
     *
     * @param auto asked only where the setting leaves it open
     * @throws IllegalArgumentException if there is no such setting
     */
    static Infrastructure of(String setting, Engine auto) {
        return switch (setting.toLowerCase(Locale.ROOT)) {
            case "containers" -> CONTAINERS;
            case "embedded" -> EMBEDDED;
            case "auto" -> auto.hasWhatTestsNeed() ? CONTAINERS : EMBEDDED;
            default ->
                    throw new IllegalArgumentException(
                            "%s is containers, embedded or auto, not %s"
                                    .formatted(SETTING, setting));
        };
    }

    /** What may run containers. */
    @FunctionalInterface
    interface Engine {
        /** It answers, and has every image of the tests or can get it. */
        boolean hasWhatTestsNeed();
    }

    private static boolean dockerHasWhatTestsNeed() {
        if (!DockerClientFactory.instance().isDockerAvailable()) {
            return false;
        }
        return TestImage.present(TestImage.KAFKA) && TestImage.present(TestImage.POSTGRES);
    }

    private static final class Chosen {
        static final Infrastructure VALUE = choose();

        private static Infrastructure choose() {
            String setting = System.getProperty(SETTING, "auto");
            Infrastructure value = of(setting, Infrastructure::dockerHasWhatTestsNeed);
            log.info(
                    "broker and database of these tests: {} ({}={})",
                    value.name().toLowerCase(Locale.ROOT),
                    SETTING,
                    setting);
            return value;
        }
    }
}
