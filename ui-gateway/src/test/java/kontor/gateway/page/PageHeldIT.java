package kontor.gateway.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static kontor.gateway.page.PageUnderTest.picture;
import static kontor.gateway.page.PageUnderTest.row;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.MouseButton;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import kontor.gateway.sample.SampleMessages;
import kontor.gateway.sample.SampleSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is held, and what is sent to games, in the page; what the gateway answers of it is made up
 * here.
 */
@Timeout(180)
class PageHeldIT extends PageOnSampleStack {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int HELD = 2;
    private static final byte[] BYTES = SampleMessages.dplay(0x02, 52).toByteArray();

    private static SampleSession session;

    @BeforeAll
    static void start() {
        session = SampleSession.of("play");
        session.datagram("game1", 46130, 47624, SampleMessages.dplay(0x02, 52));
        session.datagram("game2", 2350, 2350, SampleMessages.x642(7));
        stack.record(session);
        startGateway(Map.of());
    }

    @ParameterizedTest
    @EnumSource(
            value = ColorScheme.class,
            names = {"DARK", "LIGHT"})
    void whatIsHeldStandsInAStripIsEditedByAFieldAndGoesOn(ColorScheme scheme) throws Exception {
        Page page = open(scheme);
        Locator held = page.locator("#held li[data-held='17']");

        assertThat(held).containsText("game1 → game2");
        assertThat(held).containsText("ENUMSESSIONS version 14");
        assertThat(held.locator(".age")).hasText(Pattern.compile("\\d+\\.\\d s of 4 s"));
        assertThat(held).containsText("blocks 1 behind it");
        assertThat(page.locator("#held li[data-held='18'] button", named("Release"))).isDisabled();
        picture(page, "held-" + scheme);
        assertThat(PageUnderTest.serious(page)).isEmpty();
        held.getByText("Edit…").click();
        page.locator("dialog input[aria-label='Version']").fill("15");
        assertThat(page.locator("dialog textarea")).hasValue(Pattern.compile("02 00 0f 00"));
        assertThat(page.locator("dialog pre mark")).hasText("0e ");
        assertThat(page.locator("dialog output")).hasText("1 byte differs, from 0x001a on");
        assertThat(page.locator("dialog")).containsText("waits");
        picture(page, "held-edit-" + scheme);
        assertThat(PageUnderTest.serious(page)).isEmpty();
        page.locator("dialog textarea").fill("0");
        assertThat(page.locator("dialog output")).containsText("two digits");
        assertThat(page.locator("dialog button", named("Drop"))).isDisabled();
        page.locator("dialog textarea").fill(HexFormat.of().formatHex(BYTES));
        page.locator("dialog input[aria-label='Version']").fill("15");

        Request released =
                page.waitForRequest(
                        Pattern.compile("/api/held/play/17/release"),
                        () -> page.locator("dialog button", named("hold the next")).click());
        JsonNode how = JSON.readTree(released.postData());
        byte[] edited = BYTES.clone();
        edited[26] = 15;
        assertThat(how.get("bytes").asString()).isEqualTo(HexFormat.of().formatHex(edited));
        assertThat(how.get("holdNext").asBoolean()).isTrue();
    }

    @Test
    void whatIsHeldIsReleasedAsItIsOrDropped() {
        Page page = open(ColorScheme.DARK);
        Locator held = page.locator("#held li[data-held='17']");

        Request released =
                page.waitForRequest(
                        Pattern.compile("/17/release"),
                        () -> held.locator("button", within("Release")).click());
        assertThat(released.postData()).isEqualTo("{}");
        Request stepped =
                page.waitForRequest(
                        Pattern.compile("/17/release"),
                        () -> held.locator("button", within("Step")).click());
        assertThat(stepped.postData()).contains("\"holdNext\":true");
        page.waitForRequest(
                Pattern.compile("/18/drop"),
                () -> page.locator("#held li[data-held='18'] button", named("Drop")).click());
    }

    @Test
    void theNextLikeAPacketIsHeldByARuleThatActsOnce() {
        Page page = open(ColorScheme.DARK);
        menu(page, HELD);

        Request saved =
                page.waitForRequest(
                        Pattern.compile("/api/rules/hold-next.yaml"),
                        () -> page.locator("#menu button", named("Hold the next")).click());
        assertThat(saved.postData())
                .contains("message.type == \"ENUMSESSIONS\"", "limit: 1", "do: hold");
        assertThat(page.locator("#status .problem")).containsText("is held, once");
    }

    @Test
    void aPacketIsReplayedToAGameEditedAndSeveralTimes() {
        Page page = open(ColorScheme.LIGHT);
        menu(page, HELD);
        page.locator("#menu button", named("Replay to game3")).click();

        assertThat(page.locator("dialog select[aria-label='to']")).hasValue("game3");
        page.locator("dialog input[aria-label='Command']").fill("0x16");
        page.locator("dialog input[aria-label='times']").fill("3");
        picture(page, "inject");
        Request sent =
                page.waitForRequest(
                        Pattern.compile("/injections"),
                        () -> page.locator("dialog button", named("Send")).click());
        JsonNode body = JSON.readTree(sent.postData());
        assertThat(body.get("from").asString()).isEqualTo("game1");
        assertThat(body.get("to").asString()).isEqualTo("game3");
        assertThat(body.get("toPort").asInt()).isEqualTo(47624);
        assertThat(body.get("times").asInt()).isEqualTo(3);
        byte[] edited = BYTES.clone();
        edited[24] = 0x16;
        assertThat(body.get("parts").get(0).get("hex").asString())
                .isEqualTo(HexFormat.of().formatHex(edited));
    }

    @Test
    void whereTheGatewayOffersNoneOfThisThePageDoesNot() {
        Page page = browser.open(gateway.uri("/?session=" + session.id() + "&event=" + HELD));
        page.route(
                Pattern.compile("/v3/api-docs"), route -> offering(route, ObjectNode::removeAll));
        page.reload();
        menu(page, HELD);
        assertThat(page.locator("#menu button", named("Hold the next"))).hasCount(0);
        assertThat(page.locator("#held")).isHidden();
    }

    private static void menu(Page page, int sequence) {
        row(page, sequence).click(new Locator.ClickOptions().setButton(MouseButton.RIGHT));
    }

    /** A page whose gateway offers holds and injections, and holds two packets. */
    private static Page open(ColorScheme scheme) {
        Page page = browser.open(gateway.uri("/kontor.svg"), 1440, 900, scheme);
        page.route(
                Pattern.compile("/v3/api-docs$"),
                route ->
                        offering(
                                route,
                                paths -> {
                                    paths.putObject("/api/held");
                                    paths.putObject("/api/sessions/{id}/injections");
                                    paths.putObject("/api/rules");
                                }));
        answer(
                page,
                "/api/held$",
                HELD_LIST
                        .replace("BYTES", HexFormat.of().formatHex(BYTES))
                        .replace("SESSION", session.id().toString()));
        answer(page, "/api/held/", "{}");
        answer(
                page,
                "/api/rules",
                "{\"version\": \"\", \"files\": [], \"rules\": [], \"labs\": {}}");
        answer(page, "/injections$", "{}");
        answer(page, "/freeze$", "{\"freezeId\": \"f\"}");
        answer(page, "/thaw$", "{}");
        answer(page, "/api/instances$", INSTANCES);
        page.navigate(gateway.uri("/?session=" + session.id() + "&event=" + HELD).toString());
        assertThat(page.locator("#held")).isVisible();
        return page;
    }

    private static void offering(Route route, Consumer<ObjectNode> change) {
        ObjectNode docs = (ObjectNode) JSON.readTree(route.fetch().text());
        change.accept((ObjectNode) docs.get("paths"));
        route.fulfill(
                new Route.FulfillOptions()
                        .setContentType("application/json")
                        .setBody(docs.toString()));
    }

    private static void answer(Page page, String path, String body) {
        page.route(
                Pattern.compile(path),
                route ->
                        route.fulfill(
                                new Route.FulfillOptions()
                                        .setStatus(200)
                                        .setContentType("application/json")
                                        .setBody(body)));
    }

    private static final String HELD_LIST =
            """
            {"held": [
              {"lab": "play", "number": 17, "session": "SESSION", "sequence": 2, "from": "game1",
               "to": "game2", "fromPort": 46130, "toPort": 47624, "rule": "hold searches",
               "reason": "person", "heldAt": "2026-11-29T10:00:00Z", "dueAt": "2026-11-29T10:00:04Z",
               "ageMillis": 1200, "blocks": 1, "bytes": "BYTES", "copies": 1},
              {"lab": "play", "number": 18, "session": "SESSION", "sequence": 9, "from": "game1",
               "to": "game2", "fromPort": 46130, "toPort": 47624, "rule": "<b>loud</b>",
               "reason": "person", "heldAt": "2026-11-29T10:00:00Z", "dueAt": "2026-11-29T10:00:04Z",
               "ageMillis": 900, "blocks": 0, "bytes": "00ff", "copies": 1}]}
            """;

    private static final String INSTANCES =
            """
            {"instances": [
              {"lab": "play", "name": "game1", "run": "1", "connected": true, "capturedEvents": 1},
              {"lab": "play", "name": "game2", "run": "2", "connected": true, "capturedEvents": 1},
              {"lab": "play", "name": "game3", "run": "3", "connected": true, "capturedEvents": 1}]}
            """;

    private static Page.LocatorOptions named(String text) {
        return new Page.LocatorOptions().setHasText(text);
    }

    private static Locator.LocatorOptions within(String text) {
        return new Locator.LocatorOptions().setHasText(text);
    }
}
