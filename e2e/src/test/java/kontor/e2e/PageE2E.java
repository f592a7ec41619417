package kontor.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.util.regex.Pattern;
import kontor.vocabulary.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The page in a real browser. */
@Timeout(600)
class PageE2E {

    private static final StackUnderTest STACK = StackUnderTest.shared();

    /** A ping of DirectPlay 4: header of 20 bytes, then "play", command 0x16, version 14. */
    private static final Bytes PING =
            Bytes.ofHex("2400b0fa020008fc000000000000000000000000706c617916000e001c284903f0334903");

    @Test
    void showsAMessageAsItHappensWithItsFieldsAndBytes() throws Exception {
        String session = STACK.api().startSession();
        try (PageBrowser browser = new PageBrowser(STACK)) {
            Page page = browser.open("?session=" + session, 1440, ColorScheme.DARK);
            assertThat(PageBrowser.connection(page)).hasText("live");

            sendPing();

            var row = page.locator("#list .row[data-sequence='2']");
            assertThat(row).containsText("PING");
            assertThat(row).containsText("relayed");
            row.click();
            assertThat(page.locator("#tree")).containsText("Tick");
            assertThat(page.locator("#hex")).containsText(Pattern.compile("70\\s*6c\\s*61\\s*79"));
            assertThat(browser.complaints()).isEmpty();
        }
    }

    private static void sendPing() throws Exception {
        try (DatagramSocket socket = new DatagramSocket(STACK.own("game1", 2350))) {
            socket.send(
                    new DatagramPacket(
                            PING.toByteArray(), PING.length(), STACK.peer("game1", "game2", 2350)));
        }
    }
}
