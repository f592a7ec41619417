package kontor.gateway.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static kontor.gateway.page.PageUnderTest.picture;
import static kontor.gateway.page.PageUnderTest.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.HasTextOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.IsVisibleOptions;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import kontor.control.v1.ControlEvent;
import kontor.control.v1.ReloadPhase;
import kontor.control.v1.ReloadStatus;
import kontor.gateway.sample.GatewayUnderTest;
import kontor.gateway.sample.SampleMessages;
import kontor.gateway.sample.SampleSession;
import kontor.topics.Records;
import kontor.topics.Topics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The page while services are reloaded, its own gateway among them. */
@Timeout(240)
class PageReloadIT extends PageOnSampleStack {

    private static final double PATIENCE_MILLIS = 30_000;

    @Test
    void aReloadIsAskedForInThePageWhichShowsItsPhasesAsTheyHappen() {
        SampleSession session = stack.record(running("reloaded"));
        try (GatewayUnderTest gateway = GatewayUnderTest.on(stack)) {
            gateway.awaitReady();
            Page page =
                    browser.open(
                            gateway.uri("/?session=" + session.id() + "&tab=services"),
                            1280,
                            800,
                            ColorScheme.DARK);
            long before = stack.end(Topics.CONTROL);
            // Whose games are to stand still is known once the session is.
            assertThat(page.locator(".session.shown")).isVisible();

            page.locator("[data-key='analysis-service frozen']").click();
            assertThat(page.locator("dialog")).containsText("All games stand still");
            page.locator("dialog button.danger").click();

            UUID id = await().until(() -> requested(before), found -> found.size() == 1).getFirst();
            status(id, ReloadPhase.RELOAD_PHASE_ANNOUNCED, "");
            assertThat(page.locator("#banner")).containsText("analysis-service is imminent");
            status(id, ReloadPhase.RELOAD_PHASE_FREEZING, "");
            status(id, ReloadPhase.RELOAD_PHASE_RESTARTING, "");
            Locator reload = page.locator(".reload").first();
            assertThat(reload.locator(".phase.now")).containsText("new process");
            assertThat(page.locator("[data-key='ui-gateway plain']")).isDisabled();
            picture(page, "reload-1280");
            status(id, ReloadPhase.RELOAD_PHASE_COMPLETED, "continuity clean: 3 events");
            assertThat(reload).containsText("continuity clean: 3 events");
            assertThat(reload.locator(".phase")).hasCount(3);
            assertThat(page.locator("#status")).containsText("reload done");
        }
    }

    @Test
    void endingASessionSaysWhatFollowsAndHappensOnlyAfterTheAnswer() {
        SampleSession session = stack.record(running("ending"));
        try (GatewayUnderTest gateway = GatewayUnderTest.on(stack)) {
            gateway.awaitReady();
            Page page = browser.open(gateway.uri("/?session=" + session.id()));
            long before = stack.end(Topics.CONTROL);

            page.locator("#top button", new Page.LocatorOptions().setHasText("End")).click();
            assertThat(page.locator("dialog")).containsText("The games go on");
            picture(page, "end");
            page.locator("dialog button").first().click();
            assertThat(stack.end(Topics.CONTROL)).isEqualTo(before);
            page.locator("#top button", new Page.LocatorOptions().setHasText("End")).click();
            page.locator("dialog button.danger").click();
            await().until(() ->
                    stack.read(Topics.CONTROL, before).stream()
                            .map(Records::controlEvent)
                            .anyMatch(ControlEvent::hasEndSession));
        }
    }

    @Test
    void thePageGoesOnAfterItsGatewayWasRestartedTwiceWithEveryRowOnce() throws IOException {
        int port = freePort();
        SampleSession session = running("survives");
        stack.recordSession(session);
        int done = put(session, 0);
        GatewayUnderTest gateway = on(port);
        Page page = browser.open(gateway.uri("/?session=" + session.id()));
        assertThat(row(page, session.lastSequence())).isVisible();

        for (int round = 0; round < 2; round++) {
            gateway.close();
            session.chat(8);
            done = put(session, done);
            gateway = on(port);
        }
        session.chat(8);
        put(session, done);

        try (GatewayUnderTest last = gateway) {
            last.awaitReady();
            assertThat(row(page, session.lastSequence()))
                    .isVisible(new IsVisibleOptions().setTimeout(PATIENCE_MILLIS));
            page.keyboard().press("g");
            assertThat(row(page, 1)).isVisible();
            assertThat(shown(page))
                    .isEqualTo(LongStream.rangeClosed(1, shown(page).size()).boxed().toList());
            page.keyboard().press("G");
            assertThat(row(page, session.lastSequence())).isVisible();
            List<Long> end = shown(page);
            assertThat(end)
                    .isEqualTo(
                            LongStream.rangeClosed(end.getFirst(), session.lastSequence())
                                    .boxed()
                                    .toList());
        }
    }

    @Test
    void aGatewayThatIsRestartedTwiceBeforeTheStreamsFirstIdLosesAndDoublesNoRow()
            throws IOException {
        int port = freePort();
        SampleSession session =
                new SampleSession("reconnects", UUID.randomUUID(), 1, Instant.now());
        session.datagram("game1", 2350, 2350, SampleMessages.dplay(0x16, 36));
        stack.recordSession(session);
        int done = put(session, 0);
        GatewayUnderTest gateway = on(port);
        Page page = browser.open(gateway.uri("/?session=" + session.id()));
        assertThat(row(page, session.lastSequence())).isVisible();
        connection(page, "live");

        for (int round = 0; round < 2; round++) {
            gateway.close();
            connection(page, "interrupted");
            gateway = on(port);
            connection(page, "live");
        }

        session.chat(12);
        put(session, done);
        try (GatewayUnderTest _ = gateway) {
            assertThat(row(page, session.lastSequence()))
                    .isVisible(new IsVisibleOptions().setTimeout(PATIENCE_MILLIS));
            assertThat(shown(page))
                    .isEqualTo(LongStream.rangeClosed(1, session.lastSequence()).boxed().toList());
        }
    }

    private static void connection(Page page, String word) {
        assertThat(page.locator("#status .connection"))
                .hasText(
                        Pattern.compile("^" + word),
                        new HasTextOptions().setTimeout(PATIENCE_MILLIS));
    }

    private static GatewayUnderTest on(int port) {
        GatewayUnderTest gateway = GatewayUnderTest.on(stack, Map.of("KONTOR_HTTP_PORT", port));
        gateway.awaitReady();
        return gateway;
    }

    /** The sequences of the first rows of the events that are drawn, from top to bottom. */
    private static List<Long> shown(Page page) {
        Object found =
                page.evaluate(
                        """
                        [...document.querySelectorAll("#list .rows .row:not([hidden])")]
                            .filter(({ row }) => !row?.part)
                            .map((row) => Number(row.dataset.sequence)).sort((a, b) => a - b)
                        """);
        return ((List<?>) found).stream().map(value -> ((Number) value).longValue()).toList();
    }

    private static SampleSession running(String lab) {
        SampleSession session = new SampleSession(lab, UUID.randomUUID(), 1, Instant.now());
        session.datagram("game1", 2350, 2350, SampleMessages.dplay(0x16, 36));
        session.datagram("game2", 2350, 2350, SampleMessages.dplay(0x17, 36));
        return session;
    }

    private static int put(SampleSession session, int done) {
        List<SampleSession.Step> steps = session.steps();
        for (SampleSession.Step step : steps.subList(done, steps.size())) {
            stack.publish(step);
            stack.record(step);
        }
        return steps.size();
    }

    private static List<UUID> requested(long before) {
        return stack.read(Topics.CONTROL, before).stream()
                .map(Records::controlEvent)
                .filter(ControlEvent::hasRequestReload)
                .map(event -> UUID.fromString(event.getRequestReload().getReloadId()))
                .toList();
    }

    private static void status(UUID id, ReloadPhase phase, String detail) {
        long now = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
        stack.send(
                Records.of(
                        ControlEvent.newBuilder()
                                .setLab("reloaded")
                                .setControlId(UUID.randomUUID().toString())
                                .setSentAtMicros(now)
                                .setReloadStatus(
                                        ReloadStatus.newBuilder()
                                                .setReloadId(id.toString())
                                                .setService("analysis-service")
                                                .setFreeze(true)
                                                .setPhase(phase)
                                                .setSinceMicros(now)
                                                .setDetail(detail)
                                                .setOwnerEpoch(1))
                                .build()));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
