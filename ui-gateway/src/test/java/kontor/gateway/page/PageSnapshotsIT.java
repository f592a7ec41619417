package kontor.gateway.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static kontor.gateway.page.PageUnderTest.picture;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.ColorScheme;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import kontor.control.v1.SnapshotState;
import kontor.gateway.sample.LauncherWords;
import kontor.gateway.sample.SampleSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.json.JsonMapper;

/** Snapshots in the page; the test is the launcher. */
@Timeout(180)
class PageSnapshotsIT extends PageOnSampleStack {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String REASON = "'criu check' fails here (exit status 1): Error: no CAP";

    private static SampleSession able;
    private static SampleSession unable;

    @BeforeAll
    static void start() {
        able = stack.record(SampleSession.lobby("able"));
        unable = stack.record(SampleSession.lobby("unable"));
        startGateway(Map.of());
    }

    @Test
    void aSnapshotIsTakenListedAndRestored() {
        LauncherWords launcher = new LauncherWords(stack, "able");
        launcher.say("", "menu");
        // An hour ahead: connected however long the test takes.
        stack.status("able", "game1", UUID.randomUUID(), Instant.now().plusSeconds(3600), 1);
        Page page = browser.open(gateway.uri("/?session=" + able.id()));
        page.locator("#top button", with("Snapshots")).click();
        Locator pane = page.locator(".pane.snapshots");
        Locator name = pane.locator("input");
        Locator take = pane.getByText("Take a snapshot");

        assertThat(pane.locator("tr[data-snapshot='menu']")).containsText("game1, game2");
        assertThat(pane.locator("tr[data-snapshot='menu']")).containsText("No. 812");
        assertThat(take).isDisabled();
        name.fill("menu");
        assertThat(pane.locator("output")).hasText("There is 'menu' already.");
        assertThat(take).isDisabled();
        name.fill("turn-7");
        Response asked = page.waitForResponse(Pattern.compile("/api/snapshots$"), take::click);
        assertThat(asked.status()).isEqualTo(202);
        String id = JSON.readTree(asked.text()).get("id").asString();
        Locator act = pane.locator("li[data-act='" + id + "']");
        assertThat(act).containsText("take turn-7: asked for");
        assertThat(name).hasValue("");
        launcher.answer(id, SnapshotState.SNAPSHOT_STATE_DONE, "", "", "menu", "turn-7");
        assertThat(act).containsText("taken");
        assertThat(pane.locator("tr[data-snapshot='turn-7']")).isVisible();
        picture(page, "snapshots");

        pane.locator("button[data-key='restore menu']").click();
        Response restore =
                page.waitForResponse(
                        Pattern.compile("/api/snapshots/menu/restore$"),
                        () -> page.locator("dialog .danger").click());
        assertThat(restore.status()).isEqualTo(202);
        String request = JSON.readTree(restore.text()).get("id").asString();
        launcher.answer(
                request,
                SnapshotState.SNAPSHOT_STATE_REFUSED,
                "game1 is played; end all games first",
                "",
                "menu",
                "turn-7");
        assertThat(pane.locator("li[data-act='" + request + "']"))
                .containsText("refused: game1 is played; end all games first");
    }

    @ParameterizedTest
    @EnumSource(
            value = ColorScheme.class,
            names = {"DARK", "LIGHT"})
    void whereTheMachineCannotTheReasonStandsThereAndNothingCanBePressed(ColorScheme scheme)
            throws Exception {
        new LauncherWords(stack, "unable").say(REASON, "menu");
        Page page =
                browser.open(
                        gateway.uri("/?session=" + unable.id() + "&tab=snapshots"),
                        1440,
                        900,
                        scheme);
        Locator pane = page.locator(".pane.snapshots");

        assertThat(pane.locator(".problem").first())
                .hasText(
                        "No snapshots here: "
                                + REASON
                                + ". Freezing, recording, replay and all else work without.");
        pane.locator("input").fill("turn-7");
        assertThat(pane.getByText("Take a snapshot")).isDisabled();
        assertThat(pane.locator("button[data-key='restore menu']")).isDisabled();
        picture(page, "snapshots-refused-" + scheme);
        assertThat(PageUnderTest.serious(page)).isEmpty();
    }

    private static Page.LocatorOptions with(String text) {
        return new Page.LocatorOptions().setHasText(text);
    }
}
