package kontor.gateway.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static kontor.gateway.page.PageUnderTest.picture;
import static kontor.gateway.page.PageUnderTest.row;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.MouseButton;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import kontor.gateway.sample.SampleSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What the page changes: analyzers, runs, rules, imports; on a gateway with a recorded session. */
@Timeout(180)
class PageWorkIT extends PageOnSampleStack {

    private static final JsonMapper JSON = new JsonMapper();

    @TempDir private static Path directory;
    @TempDir private static Path rules;

    private static SampleSession session;

    @BeforeAll
    static void start() {
        session = stack.record(SampleSession.lobby("work"));
        startGateway(
                Map.of(
                        "KONTOR_ANALYZERS_DIR",
                        directory.toString(),
                        "KONTOR_RULES_DIR",
                        rules.toString()));
    }

    @Test
    void aRuleIsMadeFromAPacketTriedSavedAndListed() {
        Page page = browser.open(address("event=2"));
        row(page, 2).click(new Locator.ClickOptions().setButton(MouseButton.RIGHT));
        page.locator("#menu button", with("Make a rule from this")).click();
        Locator pane = page.locator(".pane.rules");
        Locator text = pane.locator("textarea");

        assertThat(text).hasValue(Pattern.compile("when: 'message.type == \"ENUMSESSIONS\"'"));
        assertThat(pane.locator(".trial")).containsText("Would have matched 1 time in ");
        picture(page, "rule-from-packet");
        text.press("Control+s");
        assertThat(pane.locator(".rules-in-use tr[data-rule='ENUMSESSIONS'] .hits")).hasText("0");
        assertThat(pane.locator(".editor output")).hasText("Saved");
        assertThat(rules.resolve("page.yaml")).content().contains("dry-run: true");
        assertThat(pane.locator(".trial-rule button").first()).hasText("2");
    }

    @Test
    void aRuleInJavaIsWrittenTriedRefusedWithItsPlaceSavedAndListed() {
        Page page = browser.open(address("event=2&tab=rules"));
        Locator pane = page.locator(".pane.rules");
        Locator text = pane.locator("textarea");
        pane.locator("button[data-key='new']").click();
        page.locator("dialog input").fill("HelloOnly.java");
        page.locator("dialog button", with("OK")).click();
        assertThat(text).hasValue(Pattern.compile("public final class HelloOnly"));

        text.press("Control+Enter");
        assertThat(pane.locator(".trial")).containsText("Would have matched 0 times in ");
        text.fill(text.inputValue().replace("ruling.set", "ruling.sett"));
        text.press("Control+s");
        assertThat(pane.locator(".editor output")).hasText("Refused");
        assertThat(pane.locator(".editor")).containsText("cannot find symbol");
        text.fill(text.inputValue().replace("ruling.sett", "ruling.set"));
        text.press("Control+s");

        assertThat(pane.locator(".editor output")).hasText("Saved");
        Locator row = pane.locator(".rules-in-use tr[data-rule='HelloOnly']");
        assertThat(row).containsText("only counts");
        assertThat(row).containsText("HelloOnly.java");
        assertThat(rules.resolve("HelloOnly.java")).content().startsWith("/* rule: HelloOnly\n");
        picture(page, "rule-in-java");
        pane.locator(".editor").getByText("Delete…").click();
        page.locator("dialog .danger").click();
        assertThat(row).hasCount(0);
    }

    @ParameterizedTest
    @EnumSource(
            value = ColorScheme.class,
            names = {"DARK", "LIGHT"})
    void anAddressOfNobodyIsMendedByTheRuleThatIsOneClickAway(ColorScheme scheme) throws Exception {
        Path file = rules.resolve("address-game1-192.168.56.1.yaml");
        Page page = browser.open(gateway.uri("/kontor.svg"), 1440, 900, scheme);
        page.route(
                Pattern.compile("/api/instances$"),
                route -> {
                    ObjectNode list = (ObjectNode) JSON.readTree(route.fetch().text());
                    list.set("addressWarnings", JSON.readTree(warnings()));
                    route.fulfill(
                            new Route.FulfillOptions()
                                    .setContentType("application/json")
                                    .setBody(list.toString()));
                });
        page.navigate(address("").toString());
        Locator strip = page.locator("#addresses");
        Locator warning = strip.locator("li[data-address='192.168.56.1']");
        Locator status = page.locator("#status .addresses");

        assertThat(warning).containsText("game1 names 192.168.56.1");
        assertThat(strip.locator("li")).hasCount(1);
        assertThat(status).hasText("1 address of nobody");
        picture(page, "address-of-nobody-" + scheme);
        assertThat(PageUnderTest.serious(page)).isEmpty();
        assertThat(file).doesNotExist();
        Request put =
                page.waitForRequest(
                        "**/api/rules/address-game1-192.168.56.1.yaml",
                        () -> warning.getByText("Set the rule").click());

        assertThat(put.method()).isEqualTo("PUT");
        assertThat(put.postData()).isEqualTo(MENDING);
        assertThat(strip).isHidden();
        assertThat(status).hasText("1 address mended by rules");
        assertThat(file).hasContent(MENDING);
        status.click();
        Locator pane = page.locator(".pane.rules");
        assertThat(pane.locator(".rules-in-use")).containsText("game1 is not at 192.168.56.1");
        pane.locator("button[data-key='edit address-game1-192.168.56.1.yaml']").click();
        pane.locator(".editor").getByText("Delete…").click();
        page.locator("dialog .danger").click();
        assertThat(strip).isVisible();
        warning.getByText("Look at it first…").click();
        assertThat(pane.locator("textarea")).hasValue(MENDING);
        assertThat(file).doesNotExist();
    }

    private static final String MENDING =
            """
            rules:
              - rule: game1 is not at 192.168.56.1
                lab: work
                from: game1
                when: dplay.saddr.ip == 192.168.56.1
                do:
                  - set: dplay.saddr.ip
                    to: 127.1.0.1
                    where: dplay.saddr.ip == 192.168.56.1
            """;

    /** One of the session that is shown, and one of another. */
    private static String warnings() {
        ArrayNode all = JSON.createArrayNode();
        for (UUID of : List.of(session.id(), new UUID(0, 1))) {
            ObjectNode warning =
                    all.addObject()
                            .put("lab", "work")
                            .put("instance", "game1")
                            .put("address", "192.168.56.1")
                            .put("events", 3)
                            .put("session", of.toString())
                            .put("sequence", 2)
                            .put("at", "2026-11-29T10:00:00Z")
                            .put("text", "game1 names 192.168.56.1 in its messages");
            warning.putArray("fields").add("dplay.saddr.ip");
            warning.putArray("repeatedBy");
            warning.putObject("rule")
                    .put("file", "address-game1-192.168.56.1.yaml")
                    .put("text", MENDING);
        }
        return all.toString();
    }

    @Test
    void whatIsWrongInARuleIsMarkedAtItsLineAndChangesNothing() throws Exception {
        Page page = browser.open(address("tab=rules"));
        Locator pane = page.locator(".pane.rules");
        pane.locator("button[data-key='new']").click();
        page.locator("dialog input").fill("wrong.yaml");
        page.locator("dialog input").press("Enter");
        pane.locator("textarea").fill("rules:\n  - rule: loud\n    form: game1\n    do: drop\n");

        pane.locator("textarea").press("Control+Enter");
        assertThat(pane.locator(".editor .places")).containsText("form");
        assertThat(pane.locator(".numbers .wrong")).hasText("3");
        pane.locator("textarea").press("Control+s");
        assertThat(pane.locator(".editor output")).containsText("Refused");
        assertThat(rules.resolve("wrong.yaml")).doesNotExist();
        picture(page, "rule-refused");
        assertThat(PageUnderTest.serious(page)).isEmpty();

        pane.locator("textarea").fill("rules:\n  - rule: loud\n    from: game1\n    do: drop\n");
        pane.locator("textarea").press("Control+Enter");
        assertThat(pane.locator(".trial")).containsText("would have been changed");
        pane.locator("textarea").press("Control+s");
        assertThat(pane.locator(".rules-in-use")).containsText("loud");
        pane.locator(".editor").getByText("Delete…").click();
        page.locator("dialog .danger").click();
        assertThat(pane.locator(".editor")).isHidden();
        assertThat(rules.resolve("wrong.yaml")).doesNotExist();
    }

    @Test
    void aRunIsStartedWatchedComparedAndItsVersionPromoted() {
        stack.jdbc()
                .sql(
                        """
                        insert into analysis.user_analyzers values
                            ('dock', 'Dock.java', 'current', 'abc', '', '[]')
                        """)
                .update();
        stack.jdbc()
                .sql(
                        "insert into analysis.analyzer_sources values ('dock', 'abc', 'Dock.java',"
                                + " 'class Dock {}')")
                .update();
        Page page = browser.open(address("tab=runs"));
        Locator pane = page.locator(".pane.runs");
        pane.locator("select[aria-label='Version of dock']").selectOption("abc");
        Response asked =
                page.waitForResponse(
                        answer -> answer.request().method().equals("POST"),
                        () -> pane.getByText("Start a run").click());
        assertThat(asked.request().postData()).contains("dock").contains("abc");
        UUID run = UUID.fromString(JSON.readTree(asked.text()).get("id").asString());

        run(run);
        assertThat(pane.locator("tr[data-run='" + run + "']")).containsText("at 3 of 9");
        picture(page, "run-progress");
        message(run, 5, "new words", 100);
        stack.jdbc()
                .sql("update analysis.runs set state = 'finished' where run_id = ?")
                .param(run)
                .update();

        Locator difference = pane.locator(".differences tr", withText("new words"));
        assertThat(difference).containsText("ENUMSESSIONSREPLY");
        assertThat(pane.locator(".comparison .after")).containsText("after");
        picture(page, "run-compared");
        difference.locator("button").click();
        assertThat(page.locator("#list .row.selected")).hasAttribute("data-sequence", "5");
        pane.getByText("Use dock abc…").click();
        assertThat(
                        page.waitForResponse(
                                        Pattern.compile("/api/analyzers/dock/promote"),
                                        () -> page.locator("dialog .danger").click())
                                .status())
                .isEqualTo(202);
    }

    private static void run(UUID run) {
        stack.jdbc()
                .sql(
                        """
                        insert into analysis.runs (run_id, session_id, state, wanted, last_sequence,
                            total) values (?, ?, 'running', '{}', 3, 9)
                        """)
                .params(run, session.id())
                .update();
        stack.jdbc()
                .sql("insert into analysis.run_analyzers values (?, 'dock', 'abc', true)")
                .param(run)
                .update();
    }

    private static void message(UUID run, long sequence, String summary, int known) {
        stack.jdbc()
                .sql(
                        """
                        insert into analysis.run_messages values (?, ?, 'dplay', 0, 1, 'dplay',
                            'ENUMSESSIONSREPLY', ?, 'whole', null, 124, ?, '[]', false)
                        """)
                .params(run, sequence, summary, known)
                .update();
    }

    @Test
    void anAnalyzerIsWrittenInThePageAndItsFailingLineIsMarked() throws Exception {
        Page page = browser.open(address("event=2&tab=analyzers"));
        Locator pane = page.locator(".pane.analyzers");

        assertThat(pane.locator("table").first()).containsText("x642");
        assertThat(pane.locator("table").last()).containsText("ENUMSESSIONS");
        pane.getByText("New…").click();
        page.locator("dialog input").fill("Pier.java");
        page.locator("dialog input").press("Enter");
        assertThat(pane.locator("textarea")).hasValue(Pattern.compile("public class Pier "));
        pane.locator("textarea").press("Control+s");
        assertThat(pane.locator("output")).containsText("analysis tries it");
        assertThat(Files.readString(directory.resolve("Pier.java"))).contains("class Pier");

        stack.jdbc()
                .sql(
                        """
                        insert into analysis.user_analyzers values ('pier', 'Pier.java', 'refused',
                            '', 'bad', '[{"line": 8, "column": 5, "message": "<b>expected</b>"}]')
                        """)
                .update();
        assertThat(pane.locator("output")).containsText("Refused; none is in use");
        pane.locator(".places button").click();
        assertThat(pane.locator(".numbers .wrong")).hasText("8");
        assertThat(pane.locator(".editor .places")).containsText("<b>expected</b>");
        assertThat(pane.locator("textarea")).isFocused();
        picture(page, "analyzers");
        assertThat(PageUnderTest.serious(page)).isEmpty();

        Files.writeString(directory.resolve("Pier.java"), "// saved elsewhere");
        pane.locator("textarea").fill("// mine");
        assertThat(
                        page.waitForResponse(
                                        Pattern.compile("/api/analyzers/files/"),
                                        () -> pane.getByText("Save and try").click())
                                .status())
                .isEqualTo(409);
        assertThat(directory.resolve("Pier.java")).hasContent("// saved elsewhere");
    }

    /** What becomes of a real one: CaptureFilesE2E. */
    @Test
    void aCaptureIsDroppedOnThePageAndAccountedFor() {
        Page page = browser.open(address(""));
        page.route(
                Pattern.compile("/api/imports"),
                route ->
                        route.fulfill(
                                new Route.FulfillOptions()
                                        .setStatus(201)
                                        .setContentType("application/json")
                                        .setBody(
                                                REPORT.replace(
                                                        "SESSION", session.id().toString()))));
        assertThat(row(page, session.lastSequence())).isVisible();

        page.evaluate(DROP, "holiday.png");
        assertThat(page.locator("#import")).containsText("no capture by its name");
        page.evaluate(DROP, "lobby.pcapng");
        assertThat(page.locator("#import")).containsText("12 events of 20 frames, complete");
        page.locator("#import").getByText("Report").click();
        assertThat(page.locator("dialog tbody tr").first()).containsText("imported");
        picture(page, "import");
        page.locator("dialog").getByText("Close").click();
        page.locator("#import").getByText("Open the session").click();
        assertThat(page.locator("#import")).isHidden();
    }

    private static final String DROP =
            """
            name => {
                const data = new DataTransfer();
                data.items.add(new File(["capture"], name));
                document.body.dispatchEvent(
                    new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
            }
            """;

    private static final String REPORT =
            """
            {"session": "SESSION", "lab": "import-1", "events": 12, "complete": true, "frames": 20,
             "instances": [{"name": "game1", "address": "10.20.0.2"}], "remarks": [],
             "rows": [{"fate": "imported", "what": "TCP payload", "frames": 20, "bytes": 800,
                       "firstFrame": 1}]}
            """;

    private static Page.LocatorOptions with(String text) {
        return new Page.LocatorOptions().setHasText(text);
    }

    private static Locator.LocatorOptions withText(String text) {
        return new Locator.LocatorOptions().setHasText(text);
    }

    private static URI address(String parameters) {
        return gateway.uri("/?session=" + session.id() + "&" + parameters);
    }
}
