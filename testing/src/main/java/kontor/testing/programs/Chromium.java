package kontor.testing.programs;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.PlaywrightException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * The Chromium that tests of the page run in: the one that the variable {@code CHROMIUM} names, or
 * the machine's own, or else one that Playwright brings, which it keeps in its cache. Where none
 * can be had the test is skipped, or fails with {@code -Dkontor.browser.required=true}.
 */
public final class Chromium {

    private static final String[] COMMANDS = {
        "chromium", "chromium-browser", "google-chrome", "google-chrome-stable"
    };

    private static final List<String> ARGUMENTS =
            List.of(
                    "--no-sandbox",
                    "--disable-gpu",
                    "--disable-quic",
                    "--no-first-run",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync");

    /** Its driver only: by default it would fetch three browsers. */
    private static final Map<String, String> NO_BROWSERS =
            Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");

    private static final int FETCH_SECONDS = 300;

    private Chromium() {}

    /** A driver without browsers of its own. */
    public static Playwright playwright() {
        return Playwright.create(new Playwright.CreateOptions().setEnv(NO_BROWSERS));
    }

    /** Headless. Skips the test where there is no Chromium. */
    public static Browser launch(Playwright playwright) {
        Optional<Path> own = installed(System.getenv());
        if (own.isEmpty() && !Fetched.CHROMIUM) {
            throw missing("no Chromium is installed, and Playwright's could not be fetched");
        }
        BrowserType.LaunchOptions options = new BrowserType.LaunchOptions().setArgs(ARGUMENTS);
        own.ifPresent(options::setExecutablePath);
        try {
            return playwright.chromium().launch(options);
        } catch (PlaywrightException e) {
            if (own.isPresent()) {
                throw e;
            }
            throw missing("Playwright's Chromium lacks libraries of this system");
        }
    }

    /** The one that is named, whether it is there or not; else the first on the path. */
    static Optional<Path> installed(Map<String, String> environment) {
        String named = environment.getOrDefault("CHROMIUM", "");
        if (!named.isEmpty()) {
            return Optional.of(Path.of(named));
        }
        return Programs.first(environment, COMMANDS);
    }

    private static RuntimeException missing(String reason) {
        if (Boolean.getBoolean("kontor.browser.required")) {
            return new IllegalStateException(reason);
        }
        Assumptions.abort(reason);
        return new IllegalStateException("an aborted test goes no further");
    }

    /** Tried once, by the first test that needs it. */
    private static final class Fetched {

        static final boolean CHROMIUM = fetch();

        private static boolean fetch() {
            Process process = null;
            try {
                process =
                        new ProcessBuilder(
                                        Path.of(System.getProperty("java.home"), "bin", "java")
                                                .toString(),
                                        "-cp",
                                        System.getProperty(
                                                "surefire.test.class.path",
                                                System.getProperty("java.class.path")),
                                        "com.microsoft.playwright.CLI",
                                        "install",
                                        "--only-shell",
                                        "chromium")
                                .redirectErrorStream(true)
                                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                                .start();
                return process.waitFor(FETCH_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
            } catch (IOException e) {
                return false;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            } finally {
                if (process != null) {
                    Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                            .forEach(ProcessHandle::destroyForcibly);
                }
            }
        }
    }
}
