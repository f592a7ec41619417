package kontor.gateway.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static kontor.gateway.page.PageUnderTest.picture;
import static kontor.gateway.page.PageUnderTest.row;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.MouseButton;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import kontor.gateway.sample.SampleMessages;
import kontor.gateway.sample.SampleSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Packets are read by keyboard, through failed calls, and before there are any. */
@Timeout(180)
class PageReadingIT extends PageOnSampleStack {

    private static final Instant BEGIN = Instant.parse("2026-11-22T12:00:00Z");

    private static SampleSession session;

    @BeforeAll
    static void start() {
        session = new SampleSession("reading", UUID.randomUUID(), 1, BEGIN);
        session.datagram("game1", 46130, 47624, SampleMessages.dplay(0x02, 52));
        for (int i = 0; i < 20; i++) {
            session.datagram("game1", 2350, 2350, SampleMessages.x642(i, 9297 + i / 5));
        }
        session.end();
        stack.record(session);
        startGateway(Map.of());
    }

    @Test
    void aCallForAPacketThatFailsShowsNothingOfAnotherOneAndIsMadeAgain() {
        Page page = browser.open(address("event=4"));
        Locator digits = page.locator("#hex .digits i:visible[data-i]");
        assertThat(digits.first()).isVisible();
        Pattern call = Pattern.compile("/events/3(\\?|$)");

        page.route(call, route -> route.abort());
        page.locator("#list .rows").focus();
        page.keyboard().press("k");
        assertThat(page.locator("#status")).containsText("No. 3 selected");
        assertThat(page.locator("#tree")).containsText("Packet 3");
        assertThat(page.locator("#tree .field")).hasCount(0);
        assertThat(page.locator("#hex select.copy")).hasCount(0);
        assertThat(page.locator("#hex .hex-row:visible")).hasCount(0);
        picture(page, "detail-failed");
        page.unroute(call);
        assertThat(page.locator("#tree")).containsText("Event 3");
        assertThat(digits.first()).isVisible();
    }

    @Test
    void arrowsMoveWhereTheFocusIsAndWhatWasFoldedStaysFolded() {
        Page page = browser.open(address("event=4"));
        assertThat(page.locator("#tree .field").first()).isVisible();

        page.locator("#tree").focus();
        page.keyboard().press("ArrowDown");
        assertThat(page.locator("#tree .message.selected")).hasCount(1);
        page.keyboard().press("ArrowDown");
        assertThat(page.locator("#tree .field.selected")).hasCount(1);
        assertThat(page.locator("#status")).containsText("No. 4 selected");
        page.locator("#hex .bytes").focus();
        page.keyboard().press("ArrowRight");
        assertThat(page.locator("#hex .digits .cursor")).hasCount(1);
        assertThat(page.locator("#status")).containsText("No. 4 selected");
        Locator flow = page.locator("#tree details[data-heading='Flow']");
        flow.locator("summary").click();
        assertThat(flow).not().hasAttribute("open", "");
        page.keyboard().press("Control+ArrowDown");
        assertThat(page.locator("#tree")).containsText("Event 5");
        assertThat(flow).not().hasAttribute("open", "");
        Locator bar = page.locator("#split-list");
        double before = page.locator("#list").boundingBox().height;
        bar.focus();
        page.keyboard().press("ArrowDown");
        assertThat(bar).isFocused();
        double after = page.locator("#list").boundingBox().height;
        assertThat(after).isGreaterThan(before);
        page.reload();
        assertThat(row(page, 5)).isVisible();
        assertThat(page.locator("#list").boundingBox().height).isEqualTo(after);
    }

    @Test
    void aSessionThatBeginsElsewhereIsSaidAndTheReaderStaysWhereHeReads() {
        Page page = browser.open(address("event=4"));
        assertThat(page.locator("#tree .field").first()).isVisible();
        assertThat(page.locator("#side .session.shown")).hasCount(1);

        SampleSession other =
                new SampleSession("elsewhere", UUID.randomUUID(), 1, BEGIN.plusSeconds(3600));
        other.datagram("game1", 2350, 2350, SampleMessages.dplay(0x16, 36));
        stack.record(other);
        assertThat(page.locator("#top .newer")).containsText("elsewhere 1 has begun");
        assertThat(page.locator("#status")).containsText("No. 4 selected");
        assertThat(page).hasURL(Pattern.compile("session=" + session.id()));
        picture(page, "newer");
        page.locator("#top .newer").click();
        assertThat(page).hasURL(Pattern.compile("session=" + other.id()));
        assertThat(page.locator("#top .newer")).isHidden();
    }

    @Test
    void aPacketIsReachedByItsNumberAndTimesCountFromIt() {
        Page page = browser.open(address(""));
        assertThat(row(page, session.lastSequence())).isVisible();

        page.keyboard().press(":");
        page.locator("dialog input").fill("7");
        page.keyboard().press("Enter");
        assertThat(row(page, 7)).hasClass(Pattern.compile("selected"));
        page.keyboard().press("T");
        assertThat(row(page, 7).locator(".time")).hasText("*REF*");
        assertThat(row(page, 6).locator(".time")).hasText(Pattern.compile("^[-\u2212]"));
        assertThat(page.locator("#list .row.head .time")).containsText("Since No. 7");
        page.keyboard().press("T");
        page.keyboard().press("t");
        assertThat(row(page, 7).locator(".time")).not().hasText("*REF*");
    }

    @Test
    void aRowIsCopiedAsTheListShowsIt() {
        Page page =
                browser.open(
                        address("event=4"),
                        1440,
                        900,
                        ColorScheme.DARK,
                        """
                        Object.defineProperty(navigator, "clipboard",
                            { value: { writeText: (text) => { window.copied = text; } } });
                        """);
        row(page, 4)
                .locator(".type")
                .click(new Locator.ClickOptions().setButton(MouseButton.RIGHT));
        page.locator("#menu button", new Page.LocatorOptions().setHasText("Copy as text")).click();
        assertThat((String) page.evaluate("window.copied"))
                .startsWith("4  ")
                .contains("  game1  → game2  ")
                .contains("  VALUES  ")
                .endsWith("  relayed");
    }

    @Test
    void bytesThatFollowedASeriesAndBitsThatChangedOnlyThenAreFound() {
        Page page = browser.open(address("tab=find"), 1280, 900, ColorScheme.LIGHT);
        Locator forms = page.locator("form.find");
        Locator places = page.locator(".pane.find .wide .places li");

        forms.nth(0).locator("input").fill("9298");
        forms.nth(0).locator("input").press("Enter");
        assertThat(places.first()).containsText("x642 VALUES");
        forms.nth(1).locator("input").fill("9297, 9298, 9299, 9300");
        forms.nth(1).locator("input").press("Enter");
        assertThat(places.first()).containsText("x642 VALUES, offset");
        assertThat(places.first()).containsText("of game1: the same");
        picture(page, "find-1280-light");
        places.first().locator("button").first().click();
        assertThat(page.locator("#list .row.selected .type")).hasText("VALUES");
        forms.nth(2).locator("input").fill("5-x");
        forms.nth(2).locator("input").press("Enter");
        assertThat(page.locator(".pane.find output")).containsText("Expected: 120-140");
    }

    @Test
    void whereNothingIsRecordedThePageSaysHowToBegin() throws Exception {
        for (ColorScheme scheme : new ColorScheme[] {ColorScheme.LIGHT, ColorScheme.DARK}) {
            Page page = browser.open(gateway.uri("/try.html"), 1280, 800, scheme);
            page.route(Pattern.compile("/api/sessions\\?"), route -> json(route, NO_SESSIONS));
            page.route(Pattern.compile("/api/instances$"), route -> json(route, INSTANCES));
            page.navigate(gateway.uri("/").toString());

            Locator said = page.locator("#empty");
            assertThat(said).containsText("./kontor demo");
            assertThat(said).containsText("Searches by broadcast are not seen in this lab");
            assertThat(said).containsText("game1 joins game2 at 127.1.0.2");
            assertThat(said).containsText("This lab listens on TCP 2300-2400, 47624; UDP 47624");
            assertThat(said).containsText("drop a pcapng or pcap file here");
            picture(page, "empty-" + scheme);
            assertThat(PageUnderTest.serious(page)).isEmpty();
        }
    }

    private static final String NO_SESSIONS = "{\"sessions\": []}";

    private static final String INSTANCES =
            """
            {"instances": [{"lab": "default", "name": "game1", "connected": true,
              "run": "00000000-0000-0000-0000-000000000001", "capturedEvents": 0, "lagEvents": 0,
              "openFlows": 0, "spoolBytes": 0,
              "network": {"peers": {"game2": "127.1.0.2"}, "strangerPackets": 0, "strangers": [],
                "tcpPorts": "2300-2400, 47624", "udpPorts": "47624"}}]}
            """;

    private static void json(Route route, String body) {
        route.fulfill(new Route.FulfillOptions().setContentType("application/json").setBody(body));
    }

    private static URI address(String parameters) {
        return gateway.uri("/?session=" + session.id() + "&" + parameters);
    }
}
