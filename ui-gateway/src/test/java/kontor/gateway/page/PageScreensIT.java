package kontor.gateway.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static kontor.gateway.page.PageUnderTest.picture;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import kontor.gateway.sample.GatewayUnderTest;
import kontor.gateway.sample.SampleSession;
import kontor.gateway.sample.SampleStack;
import kontor.testing.programs.Programs;
import kontor.vocabulary.PictureName;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Two real screens side by side in a real browser; in each a terminal that writes down its keys.
 */
@Timeout(180)
class PageScreensIT {

    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
    private static final int[] WIDTHS = {320, 400};

    @TempDir private static Path directory;

    private static final List<Process> PROGRAMS = new ArrayList<>();
    private static SampleStack stack;
    private static GatewayUnderTest gateway;
    private static PageUnderTest browser;
    private static SampleSession session;

    @BeforeAll
    static void start() throws Exception {
        Programs.require("Xtigervnc", "xterm");
        browser = new PageUnderTest();
        int first = screen(1);
        int second = screen(2);
        Path lab =
                Files.writeString(
                        directory.resolve("lab.yaml"),
                        """
                        lab: screens
                        ports: { tcp: [2300], udp: [2300] }
                        instances:
                          game1: { address: 10.77.0.1, vnc: "127.0.0.1:%d" }
                          game2: { address: 10.77.0.2, vnc: "127.0.0.1:%d" }
                        """
                                .formatted(first, second));
        stack = new SampleStack();
        session = stack.record(SampleSession.lobby("screens"));
        recorded(1, 12);
        recorded(4, 20);
        gateway =
                GatewayUnderTest.on(
                        stack,
                        Map.of(
                                "KONTOR_LAB_FILE",
                                lab.toString(),
                                "KONTOR_PICTURES_DIR",
                                directory.resolve("pictures").toString()));
        gateway.awaitReady();
    }

    /** A picture as the recorder keeps it; its width tells which it is. */
    private static void recorded(long sequence, int width) throws IOException {
        Path place =
                Files.createDirectories(
                        directory.resolve("pictures/%s/game1".formatted(session.id())));
        ImageIO.write(
                new BufferedImage(width, 8, BufferedImage.TYPE_INT_RGB),
                "png",
                place.resolve(new PictureName(sequence, 1_000_000 + sequence).file()).toFile());
    }

    @Test
    void besideTheSelectedEventIsWhatTheScreenLookedLikeThen() throws Exception {
        Page page =
                browser.open(
                        gateway.uri("/?session=" + session.id() + "&event=3&tab=screens"),
                        1280,
                        900,
                        ColorScheme.DARK);
        Locator picture = page.locator("figure.picture[data-instance=game1] img");
        assertThat(picture).hasJSProperty("naturalWidth", 12);
        assertThat(page.locator("figure.picture"))
                .containsText("game1 at No. 3: taken after No. 1");

        page.keyboard().press("j");

        assertThat(picture).hasJSProperty("naturalWidth", 20);
        assertThat(page.locator("figure.picture")).containsText("at No. 4: taken after No. 4");
    }

    @Test
    void theApiListsAGamesPicturesPageByPage() {
        String path = "/api/sessions/" + session.id() + "/screens/game1?limit=1";
        JsonNode first = gateway.get(path);
        JsonNode second = gateway.get(path + "&cursor=" + first.get("next").asString());
        JsonNode last = gateway.get(path + "&cursor=" + second.get("next").asString());

        assertThat(first.at("/pictures/0/sequence").asLong()).isEqualTo(1);
        assertThat(second.at("/pictures/0/sequence").asLong()).isEqualTo(4);
        assertThat(last.get("pictures")).isEmpty();
        assertThat(last.hasNonNull("next")).isFalse();
    }

    /** Starts an X server and a terminal in it; the port is the display's number too. */
    private static int screen(int game) throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, LOOPBACK)) {
            port = socket.getLocalPort();
        }
        PROGRAMS.add(
                program(
                        "Xtigervnc",
                        ":" + port,
                        "-geometry",
                        WIDTHS[game - 1] + "x240",
                        "-depth",
                        "24",
                        "-rfbport",
                        Integer.toString(port),
                        "-localhost",
                        "-SecurityTypes",
                        "None",
                        "-AlwaysShared"));
        await("the screen")
                .atMost(Duration.ofSeconds(60))
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> {
                    try (Socket socket = new Socket()) {
                        socket.connect(new InetSocketAddress(LOOPBACK, port));
                        return true;
                    }
                });
        PROGRAMS.add(
                program(
                        "xterm",
                        "-display",
                        ":" + port,
                        "-geometry",
                        "200x100+0+0",
                        "-e",
                        "cat >" + keys(game)));
        return port;
    }

    private static Process program(String... words) throws IOException {
        return new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("programs.log").toFile())
                .start();
    }

    private static Path keys(int game) {
        return directory.resolve("keys" + game);
    }

    @AfterAll
    static void stop() throws InterruptedException {
        for (Process program : PROGRAMS.reversed()) {
            program.destroyForcibly().waitFor();
        }
        if (stack == null) {
            return; // Skipped.
        }
        browser.close();
        gateway.close();
        stack.close();
    }

    @Test
    void screensAreSideBySideAndTakeKeysOnlyWhereTheyAreGiven() throws Exception {
        Page page =
                browser.open(
                        gateway.uri("/?session=" + session.id() + "&tab=screens"),
                        1280,
                        900,
                        ColorScheme.DARK);
        assertThat(page.locator("figure.screen.there")).hasCount(2);
        Locator first = page.locator("figure.screen[data-instance=game1]");
        Locator second = page.locator("figure.screen[data-instance=game2]");
        assertThat(widthOf(first)).isEqualTo(WIDTHS[0]);
        assertThat(widthOf(second)).isEqualTo(WIDTHS[1]);
        assertThat(second.boundingBox().x).isGreaterThan(first.boundingBox().x);
        assertThat(first).containsText("view only");

        await("xterm").atMost(Duration.ofSeconds(60)).until(() -> Files.exists(keys(2)));
        second.getByText("Mouse and keyboard").click();
        second.locator("canvas").hover();
        // Whose keys are both: of the page, which would open its help, and of the game.
        page.keyboard().type("who?j3");
        page.keyboard().press("Enter");

        await("the keys in the game")
                .atMost(Duration.ofSeconds(60))
                .until(() -> Files.readString(keys(2)).contains("who?j3"));
        assertThat(page.locator("dialog")).isHidden();
        assertThat(Files.readString(keys(1))).isEmpty();
        picture(page, "screens");

        page.keyboard().press("ControlRight");
        page.keyboard().press("?");
        assertThat(page.locator("dialog")).isVisible();
        assertThat(browser.complaints()).isEmpty();
    }

    private static int widthOf(Locator screen) {
        return Integer.parseInt(
                screen.locator("canvas").evaluate("canvas => canvas.width").toString());
    }
}
