package kontor.gateway.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static kontor.gateway.page.PageUnderTest.picture;
import static kontor.gateway.page.PageUnderTest.row;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import kontor.gateway.sample.GatewayUnderTest;
import kontor.gateway.sample.LargeSession;
import kontor.gateway.sample.SampleStack;
import kontor.vocabulary.PictureName;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The slider over a session with recorded pictures and a game's values. */
@Timeout(180)
class PageScrubberIT {

    private static final int EVENTS = 400;

    @TempDir private static Path pictures;

    private static SampleStack stack;
    private static GatewayUnderTest gateway;
    private static PageUnderTest browser;
    private static UUID session;

    @BeforeAll
    static void start() throws IOException {
        browser = new PageUnderTest();
        stack = new SampleStack();
        session = LargeSession.write(stack.jdbc(), "scrubbed", EVENTS);
        for (int taken : new int[] {0, 100, 180, 181, 300}) {
            recorded("game1", taken, new Color(0x20, 0x60, 0x90));
        }
        for (int taken : new int[] {50, 240}) {
            recorded("game2", taken, new Color(0x90, 0x60, 0x20));
        }
        stack.jdbc()
                .sql(
                        """
                        insert into analysis.state_values values (?, '0349281E/money', 'money', ?,
                            'game1', null, null, null, 'money', 1)
                        """)
                .params(session, 0x0349281EL)
                .update();
        for (int changed : new int[] {10, 200, 300}) {
            stack.jdbc()
                    .sql(
                            """
                            insert into analysis.state_changes
                            values (?, '0349281E/money', ?, 0, 0, ?, ?, null)
                            """)
                    .params(session, changed, 9000 + changed, "money of " + changed)
                    .update();
        }
        gateway = GatewayUnderTest.on(stack, Map.of("KONTOR_PICTURES_DIR", pictures.toString()));
        gateway.awaitReady();
    }

    /** A picture as the recorder keeps it; its width and what is written on it tell which it is. */
    private static void recorded(String game, int sequence, Color ground) throws IOException {
        BufferedImage image = new BufferedImage(320 + sequence, 200, BufferedImage.TYPE_INT_RGB);
        Graphics2D paper = image.createGraphics();
        paper.setColor(ground);
        paper.fillRect(0, 0, image.getWidth(), image.getHeight());
        paper.setColor(Color.WHITE);
        paper.setFont(paper.getFont().deriveFont(48f));
        paper.drawString(game + " " + sequence, 20, 110);
        paper.dispose();
        Path place = Files.createDirectories(pictures.resolve(session + "/" + game));
        ImageIO.write(
                image,
                "png",
                place.resolve(new PictureName(sequence, 1_000_000 + sequence).file()).toFile());
    }

    @AfterAll
    static void stop() {
        if (browser == null) {
            return; // Skipped.
        }
        browser.close();
        gateway.close();
        stack.close();
    }

    @AfterEach
    void nothingComplains() {
        assertThat(browser.complaints()).isEmpty();
    }

    private static Page open(String rest, int width, ColorScheme scheme) {
        return browser.open(gateway.uri("/?session=" + session + "&" + rest), width, 900, scheme);
    }

    private static Locator slider(Page page) {
        return page.getByLabel("Place in the session");
    }

    @Test
    void theSliderMovesPacketPicturesAndStateTogether() throws Exception {
        Page page = open("event=20&tab=screens", 1440, ColorScheme.DARK);
        assertThat(slider(page)).hasValue("20");
        assertThat(slider(page)).hasAttribute("max", "400");

        slider(page).fill("250");

        isShown(page, 250, 320 + 181, 320 + 240, 200);
        assertThat(page).hasURL(Pattern.compile("event=250"));
        picture(page, "scrubber-dark-1440");

        slider(page).press("ArrowRight");
        isShown(page, 251, 320 + 181, 320 + 240, 200);
        slider(page).press("Home");
        assertThat(page.locator("#scrubber")).containsText("No. 1 of 400");
        slider(page).press("End");
        isShown(page, 400, 320 + 300, 320 + 240, 300);
    }

    /** All three are of this event. */
    private static void isShown(Page page, int sequence, int first, int second, int changed) {
        assertThat(slider(page)).hasValue(Integer.toString(sequence));
        assertThat(slider(page))
                .hasAttribute(
                        "aria-valuetext", Pattern.compile("^No\\. " + sequence + " of 400, "));
        assertThat(row(page, sequence)).hasClass(Pattern.compile("selected"));
        assertThat(row(page, sequence)).isVisible();
        assertThat(page.locator("figure.picture[data-instance=game1] img"))
                .hasJSProperty("naturalWidth", first);
        assertThat(page.locator("figure.picture[data-instance=game2] img"))
                .hasJSProperty("naturalWidth", second);
        Locator state = page.locator(".pane.screens .players");
        assertThat(state).containsText("As it was at No. " + sequence);
        assertThat(state).containsText("money of " + changed);
    }

    @Test
    void marksShowWherePicturesAreAndButtonsGoFromOneToTheNext() throws Exception {
        Page page = open("event=100&tab=state", 1280, ColorScheme.LIGHT);
        assertThat(page.locator(".scrub-marks rect[data-instance=game1]")).hasCount(5);
        assertThat(page.locator(".scrub-marks rect[data-instance=game2]")).hasCount(2);

        page.getByLabel("Next picture").click();
        assertThat(slider(page)).hasValue("180");
        page.getByLabel("Previous picture").click();
        page.getByLabel("Previous picture").click();
        assertThat(slider(page)).hasValue("50");
        page.getByLabel("Previous picture").click();
        assertThat(slider(page)).hasValue("1");
        assertThat(page.getByLabel("Previous picture")).isDisabled();
        page.locator("#scrubber").getByText("Newest").click();
        assertThat(slider(page)).hasValue("400");
        assertThat(page.getByLabel("Next picture")).isDisabled();
    }

    /** A browser tells of each pixel that the thumb moves over. */
    @Test
    void draggingAsksTheGatewayOnlyNowAndThen() {
        Page page = open("event=1&tab=screens", 1280, ColorScheme.DARK);
        assertThat(page.locator("figure.picture")).hasCount(2);
        List<String> asked = new ArrayList<>();
        page.onRequest(request -> {
            if (request.url().contains("/screens?at=")) {
                asked.add(request.url());
            }
        });

        Object millis =
                slider(page)
                        .evaluate(
                                """
                                async (slider) => {
                                  const begin = performance.now();
                                  for (let place = 101; place <= 300; place++) {
                                    slider.value = place;
                                    slider.dispatchEvent(new Event("input", { bubbles: true }));
                                    await new Promise((go) => setTimeout(go));
                                  }
                                  return performance.now() - begin;
                                }
                                """);

        assertThat(page.locator("figure.picture[data-instance=game1] img"))
                .hasJSProperty("naturalWidth", 320 + 300);
        assertThat(asked).last().asString().endsWith("at=300");
        assertThat(asked.size()).isLessThanOrEqualTo(2 + ((Number) millis).intValue() / 150);
    }

    @Test
    void nothingSeriousStandsInTheWayOfAScreenReader() throws Exception {
        for (ColorScheme scheme : List.of(ColorScheme.DARK, ColorScheme.LIGHT)) {
            for (int width : List.of(1280, 1440)) {
                Page page = open("event=250&tab=screens", width, scheme);
                assertThat(page.locator("figure.picture")).hasCount(2);
                assertThat(page.locator(".scrub-marks rect")).hasCount(7);
                assertThat(PageUnderTest.serious(page)).isEmpty();
                picture(page, "scrubber-%s-%d".formatted(scheme, width));
                page.context().close();
            }
        }
    }

    @Test
    void whereNoMomentIsShownThereIsNoScrubber() {
        Page page = open("tab=services", 1280, ColorScheme.DARK);
        assertThat(page.locator(".pane.services")).isVisible();
        assertThat(page.locator("#scrubber")).isHidden();
        page.locator("#tab-timeline").click();
        assertThat(page.locator("#scrubber")).isVisible();
    }
}
