package kontor.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import kontor.testing.programs.Chromium;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A breakpoint in the browser, with games that stand still meanwhile. */
@Timeout(180)
class HeldE2E {

    private static final StackUnderTest STACK = StackUnderTest.shared();
    private static final Path PICTURES = Path.of("target", "page");
    private static final String FILE = "e2e-held.yaml";
    private static final int PORT = 2317;

    @AfterEach
    void withoutRules() throws Exception {
        STACK.api().delete("/api/rules/" + FILE);
    }

    @Test
    void aHeldMessageIsEditedWhileTheGamesStandStillAndArrivesEditedBeforeWhatWaitedBehindIt()
            throws Exception {
        String session = STACK.api().startSession();
        STACK.api()
                .put(
                        "/api/rules/" + FILE,
                        """
                        rules:
                          - rule: breakpoint
                            from: game1
                            to: game2
                            when: udp.dstport == %d
                            limit: 1
                            do: { hold: 60 s }
                        """
                                .formatted(PORT));
        String version = STACK.api().get("/api/rules").get("version").asString();
        STACK.api().await("/api/rules", rules -> rules.at("/labs/e2e").asString().equals(version));
        try (GamesThatFreeze _ = new GamesThatFreeze(STACK);
                DatagramSocket from = new DatagramSocket(STACK.own("game1", 0));
                DatagramSocket to = new DatagramSocket(STACK.own("game2", PORT));
                Playwright playwright = Chromium.playwright();
                Browser browser = Chromium.launch(playwright)) {
            to.setSoTimeout(30_000);
            send(from, "first");
            send(from, "second");
            Page page = browser.newPage();
            page.setDefaultTimeout(30_000);
            page.navigate(STACK.api().root() + "?session=" + session);
            Locator held = page.locator("#held li");
            assertThat(held).hasCount(1);
            assertThat(held).containsText("blocks 1 behind it");
            held.getByText("Edit…").click();
            Locator bytes = page.locator("dialog textarea");
            assertThat(bytes).hasValue("66 69 72 73 74");
            assertThat(page.locator("#top button", withText("Thaw"))).isAttached();
            picture(page, "held");
            bytes.fill(HexFormat.of().formatHex("FIRST!".getBytes(US_ASCII)));
            page.locator("dialog button", withText("Release")).first().click();

            assertThat(List.of(received(to), received(to))).containsExactly("FIRST!", "second");
            assertThat(page.locator("#held")).isHidden();
            assertThat(page.locator("#top button", withText("Freeze…"))).isVisible();
            picture(page, "held-released");
            STACK.api()
                    .await(
                            "/api/sessions/" + session + "/events?limit=100",
                            answer ->
                                    answer.get("events")
                                                    .valueStream()
                                                    .filter(event ->
                                                            event.at("/event/type")
                                                                    .asString()
                                                                    .equals("game_thawed"))
                                                    .count()
                                            == GamesThatFreeze.GAMES.size());
        }
        STACK.api().post("/api/sessions/" + session + "/end");
        assertThat(STACK.api().settledContinuity(session).get("verdict").asString())
                .isEqualTo("clean");
        assertThat(STACK.api().events(session))
                .extracting(event -> event.get("type").asString())
                .contains("game_frozen", "game_thawed", "held_released");
    }

    private static void send(DatagramSocket from, String text) throws Exception {
        byte[] bytes = text.getBytes(US_ASCII);
        InetSocketAddress peer = STACK.peer("game1", "game2", PORT);
        from.send(new DatagramPacket(bytes, bytes.length, peer));
    }

    private static String received(DatagramSocket socket) throws Exception {
        DatagramPacket packet = new DatagramPacket(new byte[100], 100);
        socket.receive(packet);
        return new String(packet.getData(), 0, packet.getLength(), US_ASCII);
    }

    private static Page.LocatorOptions withText(String text) {
        return new Page.LocatorOptions().setHasText(text);
    }

    private static void picture(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve(name + ".png")));
    }
}
