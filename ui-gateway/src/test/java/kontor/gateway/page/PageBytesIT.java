package kontor.gateway.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static kontor.gateway.page.PageUnderTest.picture;
import static kontor.gateway.page.PageUnderTest.row;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import kontor.gateway.sample.SampleMessages;
import kontor.gateway.sample.SampleSession;
import kontor.vocabulary.Bytes;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Bytes and fields of a message in a real browser, those of a hostile game as well. */
@Timeout(180)
class PageBytesIT extends PageOnSampleStack {

    private static final Instant BEGIN = Instant.parse("2026-11-22T12:00:00Z");

    @BeforeAll
    static void start() {
        startGateway(Map.of());
    }

    @Test
    void whatGamesSendIsShownAsText() {
        SampleSession hostile = new SampleSession("hostile", UUID.randomUUID(), 1, BEGIN);
        hostile.datagram("game1", 2350, 2350, SampleMessages.x642(1));
        stack.record(hostile);
        stack.jdbc()
                .sql(
                        "update analysis.messages set summary = :text, type = '<b>CHAT</b>'"
                                + " where session_id = :id")
                .param("id", hostile.id())
                .param("text", "<script>window.hit = 1</script> \u202e\u0007 " + "x".repeat(65536))
                .update();
        Page page = browser.open(gateway.uri("/?session=" + hostile.id() + "&event=2&tab=lanes"));

        assertThat(row(page, 2).locator(".info"))
                .containsText("<script>window.hit = 1</script> \\u202e\\u0007");
        assertThat(row(page, 2).locator(".type")).hasText("<b>CHAT</b>");
        assertThat(page.locator(".lane-row")).hasCount(1);
        assertThat(page.evaluate("window.hit")).isNull();
        picture(page, "hostile");
    }

    @Test
    void fieldsBytesAndStreamsOfAHostileGameAreTextToo() {
        SampleSession hostile = new SampleSession("bytes", UUID.randomUUID(), 1, BEGIN);
        int flow = hostile.open("game2", 40983, 2300);
        byte[] payload = new byte[60_000];
        byte[] begin = "<img src=x onerror='window.hit=1'>\u202e".getBytes(UTF_8);
        System.arraycopy(begin, 0, payload, 0, begin.length);
        // No UTF-8: a lone continuation, a truncated sign, a zero written long.
        System.arraycopy(new byte[] {(byte) 0x80, (byte) 0xe2, (byte) 0xc0}, 0, payload, 40, 3);
        hostile.write(flow, true, Bytes.owning(payload));
        stack.record(hostile);
        stack.jdbc()
                .sql(
                        """
                        update analysis.messages set summary = '<i>x</i>', fields = cast(:fields as jsonb)
                        where session_id = :id
                        """)
                .param("id", hostile.id())
                .param(
                        "fields",
                        """
                        [{"name": "x642.from", "label": "<b>From</b>", "offset": 0, "length": 60000,
                          "value": "x", "display": "\\u202e<script>window.hit = 2</script>\\u0007"}]
                        """)
                .update();
        Page page =
                browser.open(
                        gateway.uri("/?session=" + hostile.id() + "&event=4&tab=follow&flow=1"));

        Locator field = page.locator("#tree .field").first();
        assertThat(field.locator(".label")).hasText("<b>From</b>");
        assertThat(field.locator(".value"))
                .hasText("\\u202e<script>window.hit = 2</script>\\u0007");
        assertThat(page.locator(".turn pre").first()).containsText("<img src=x onerror=");
        field.click();
        assertThat(page.locator("#hex i.selected").first()).isVisible();
        assertThat(page.locator("#hex .hex-row:visible")).not().hasCount(3750);
        assertThat(page.evaluate("window.hit")).isNull();
        picture(page, "hostile-bytes");
    }

    @Test
    void whatWasDeliveredStandsBelowWhatTheGameSentWhereItIsOther() {
        SampleSession mutated = new SampleSession("mutated", UUID.randomUUID(), 1, BEGIN);
        mutated.datagram("game1", 46130, 47624, SampleMessages.dplay(0x02, 52));
        stack.record(mutated);
        byte[] delivered = SampleMessages.dplay(0x02, 52).toByteArray();
        delivered[17] = 0x2a;
        stack.jdbc()
                .sql(
                        "update capture.events set delivered_payload = :bytes"
                                + " where session_id = :id and session_sequence = 2")
                .param("id", mutated.id())
                .param("bytes", delivered)
                .update();
        Page page = browser.open(gateway.uri("/?session=" + mutated.id() + "&event=2"));

        assertThat(page.locator("#hex .beside:visible")).hasCount(4);
        assertThat(page.locator("#hex .beside:visible .digits .differs")).hasText("2a");
        page.locator("#tree .field", with("Signature")).click();
        assertThat(page.locator("#hex .digits .selected"))
                .hasText(new String[] {"70", "6c", "61", "79"});
        picture(page, "delivered");
        page.locator("#hex .tab", with("Delivered")).click();
        assertThat(page.locator("#hex .beside:visible")).hasCount(0);
    }

    @Test
    void aFieldOfBitsMarksItsBitsAndADigitLeadsToTheFieldThatHasIt() {
        SampleSession bits = new SampleSession("bits", UUID.randomUUID(), 1, BEGIN);
        bits.datagram("game1", 46130, 47624, SampleMessages.dplay(0x02, 52));
        stack.record(bits);
        stack.jdbc()
                .sql(
                        """
                        update analysis.messages set fields = cast(:fields as jsonb)
                        where session_id = :id
                        """)
                .param("id", bits.id())
                .param(
                        "fields",
                        """
                        [{"name": "dplay.size_token", "label": "Size and token", "offset": 0,
                          "length": 4, "value": 4205838388, "display": "0xFAB00034", "children": [
                          {"name": "dplay.size", "label": "Size", "offset": 0, "length": 4,
                           "value": 52, "display": "52", "bits": "ffff0f00"},
                          {"name": "dplay.token", "label": "Token", "offset": 0, "length": 4,
                           "value": 4011, "display": "0xFAB", "bits": "0000f0ff"}]}]
                        """)
                .update();
        Page page = browser.open(gateway.uri("/?session=" + bits.id() + "&event=2"));
        Locator digits = page.locator("#hex .digits i");

        page.locator("#tree .field", with("Token")).last().click();
        assertThat(digits.nth(1)).not().hasClass(Pattern.compile("selected"));
        assertThat(digits.nth(2)).hasClass(Pattern.compile("partly-selected"));
        assertThat(digits.nth(3)).hasClass(Pattern.compile("(^| )selected"));
        assertThat(page.locator("#hex .inspector")).containsText("1011···· 11111010");
        picture(page, "bits");
        double width = digits.nth(2).boundingBox().width;
        digits.nth(2).click(new Locator.ClickOptions().setPosition(width * 0.65, 5));
        assertThat(page.locator("#tree .field.selected")).containsText("Size");
        digits.nth(2).click(new Locator.ClickOptions().setPosition(width * 0.35, 5));
        assertThat(page.locator("#tree .field.selected")).containsText("0xFAB");
    }

    private static Page.LocatorOptions with(String text) {
        return new Page.LocatorOptions().setHasText(text);
    }
}
