package kontor.gateway.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static kontor.gateway.page.PageUnderTest.picture;
import static kontor.gateway.page.PageUnderTest.row;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.MouseButton;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import kontor.gateway.sample.LargeSession;
import kontor.gateway.sample.SampleMessages;
import kontor.gateway.sample.SampleSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a reader does from a packet, a field or a byte, and what the page then keeps. */
@Timeout(180)
class PageChoicesIT extends PageOnSampleStack {

    private static final Instant BEGIN = Instant.parse("2026-11-22T12:00:00Z");

    private static SampleSession session;

    @BeforeAll
    static void start() {
        session = new SampleSession("choices", UUID.randomUUID(), 1, BEGIN);
        session.datagram("game1", 46130, 47624, SampleMessages.dplay(0x02, 52));
        int flow = session.open("game2", 40983, 2300);
        session.write(flow, true, SampleMessages.dplay(0x01, 124));
        for (int i = 0; i < 20; i++) {
            session.datagram("game1", 2350, 2350, SampleMessages.x642(i % 3, 9297 + i / 5));
        }
        session.end();
        stack.record(session);
        startGateway(Map.of());
    }

    @Test
    void fromAnyFieldItsStreamIsFollowedItsTypeHiddenAndItsMessageCopied() {
        Page page = browser.open(address("event=5"));
        page.context().grantPermissions(List.of("clipboard-read", "clipboard-write"));
        Locator field = page.locator("#tree .field", with("Command")).first();

        field.click(new Locator.ClickOptions().setButton(MouseButton.RIGHT));
        picture(page, "field-menu");
        page.locator("#menu button", with("Follow the stream")).click();
        assertThat(page.locator(".turn").first()).containsText("play");
        assertThat(page).hasURL(Pattern.compile("tab=follow&flow=2"));
        page.locator("#tree summary.message")
                .click(new Locator.ClickOptions().setButton(MouseButton.RIGHT));
        page.locator("#menu button", with("Copy as JSON")).click();
        assertThat((String) page.evaluate("navigator.clipboard.readText()"))
                .contains("\"fields\"", "dplay.command");
        field.click(new Locator.ClickOptions().setButton(MouseButton.RIGHT));
        page.locator("#menu button", with("Hide the type")).click();
        assertThat(page.locator("#filter input[name=filter]"))
                .hasValue(Pattern.compile("!\\(message\\.type == \"\\w+\"\\)"));
        assertThat(row(page, 5)).isHidden();
        // What is selected is not in the list: keys do nothing with the rows that are.
        String filter = page.locator("#filter input[name=filter]").inputValue();
        page.locator("#list .rows").focus();
        page.keyboard().press("a");
        assertThat(page.locator("#filter input[name=filter]")).hasValue(filter);
    }

    @Test
    void aFilterIsSavedUnderANameTakenAgainAndForgotten() {
        Page page = browser.open(address(""));
        Locator input = page.locator("#filter input[name=filter]");
        assertThat(row(page, session.lastSequence())).isVisible();

        input.fill("dplay.command == 0x02");
        input.press("Enter");
        page.locator("#filter button", with("Save…")).click();
        page.locator("dialog input").fill("searches");
        page.keyboard().press("Enter");
        page.locator("#filter button", with("Clear")).click();
        assertThat(page.locator("#status .counts")).not().containsText("found");
        page.reload();
        assertThat(row(page, session.lastSequence())).isVisible();
        remembered(page).click();
        assertThat(page.locator(".proposal.saved")).containsText("searches");
        picture(page, "filter-saved");
        input.press("ArrowDown");
        input.press("Enter");
        assertThat(page.locator("#status .counts")).containsText("1 found");

        remembered(page).click();
        input.press("ArrowDown");
        input.press("Shift+Delete");
        assertThat(page.locator(".proposal.saved")).hasCount(0);
        page.reload();
        remembered(page).click();
        assertThat(page.locator(".proposal.earlier").first()).isVisible();
        assertThat(page.locator(".proposal.saved")).hasCount(0);
    }

    @Test
    void theListOfSavedFiltersStaysOpenThoughATextIsCheckedMeanwhile() {
        Page page = browser.open(address("filter=udp"));
        assertThat(row(page, 2)).isVisible();

        page.locator("#filter input[name=filter]").fill("tcp");
        page.locator("#filter input[name=filter]").press("Enter");
        page.locator("#filter button", with("Clear")).click();
        remembered(page).click();
        assertThat(page.locator("#filter")).hasAttribute("data-state", "empty");

        assertThat(page.locator(".proposal.earlier").first()).isVisible();
    }

    @Test
    void homeGoesToTheFirstThatAFilterFindsHoweverManyThereAre() {
        UUID large = LargeSession.write(stack.jdbc(), "found", 6_000);
        Page page = browser.open(gateway.uri("/?session=" + large + "&filter=tcp"));
        assertThat(row(page, 5_996)).isVisible();

        page.locator("#list .rows").focus();
        page.keyboard().press("g");

        assertThat(row(page, 4)).isVisible();
        assertThat(page.locator("#list .row.selected")).containsText("4");
        assertThat(page.locator("#status .counts")).containsText("1 499 found");
    }

    @Test
    void aFilterIsAppliedThoughNothingCanBeProposedAndOneThatCannotBeCheckedSaysSo() {
        Page page = browser.open(address(""));
        assertThat(row(page, session.lastSequence())).isVisible();
        Locator input = page.locator("#filter input[name=filter]");
        Pattern check = Pattern.compile("/api/filters/check");

        page.route(check, route -> route.abort());
        input.fill("dplay.command == 0x02");
        input.press("Enter");
        assertThat(page.locator("#filter output")).containsText("Not applied");
        page.unroute(check);
        page.route(Pattern.compile("/api/filters/complet"), route -> {}); // never answered
        input.press("Enter");
        assertThat(page.locator("#status .counts")).containsText("1 found");
    }

    @Test
    void aByteOfATypeSaysWhichValuesItHadAndWhichOfItsBitsFlipped() throws Exception {
        for (ColorScheme scheme : List.of(ColorScheme.DARK, ColorScheme.LIGHT)) {
            Page page = browser.open(address("tab=statistics"), 1440, 1000, scheme);
            page.locator(".pane.statistics [data-key^='bytes x642']").first().click();

            Locator varying = page.locator(".heat button:not(.heat0)").first();
            varying.focus();
            page.keyboard().press("Enter");
            assertThat(varying).hasAttribute("aria-pressed", "true");
            assertThat(page.locator(".distribution tr").nth(1).locator(".number"))
                    .hasText(Pattern.compile("[1-9]\\d*"));
            assertThat(page.locator(".flips tr")).hasCount(8);
            assertThat(page.locator(".flips tr td:first-child").first()).hasText("bit 7");
            page.locator(".byte-values").scrollIntoViewIfNeeded();
            picture(page, "statistics-byte-" + scheme);
            assertThat(PageUnderTest.serious(page)).isEmpty();
        }
    }

    private static Locator remembered(Page page) {
        return page.locator("#filter button[aria-label='Saved and earlier filters']");
    }

    private static Page.LocatorOptions with(String text) {
        return new Page.LocatorOptions().setHasText(text);
    }

    private static URI address(String parameters) {
        return gateway.uri("/?session=" + session.id() + "&" + parameters);
    }
}
