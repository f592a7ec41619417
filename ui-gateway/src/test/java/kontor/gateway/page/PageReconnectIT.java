package kontor.gateway.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static kontor.gateway.page.PageUnderTest.row;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.HasTextOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.IsVisibleOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import kontor.gateway.sample.GatewayUnderTest;
import kontor.gateway.sample.SampleMessages;
import kontor.gateway.sample.SampleSession;
import kontor.gateway.sample.SampleStack;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The page and a gateway that goes away before its stream has said anything. */
@Timeout(180)
class PageReconnectIT {

    private static final double PATIENCE_MILLIS = 30_000;

    @Test
    void aGatewayThatIsRestartedTwiceBeforeTheStreamsFirstIdLosesAndDoublesNoRow()
            throws IOException {
        int port = freePort();
        try (PageUnderTest browser = new PageUnderTest();
                SampleStack stack = new SampleStack()) {
            SampleSession session =
                    new SampleSession("reconnects", UUID.randomUUID(), 1, Instant.now());
            session.datagram("game1", 2350, 2350, SampleMessages.dplay(0x16, 36));
            stack.recordSession(session);
            int done = put(stack, session, 0);
            GatewayUnderTest gateway = on(stack, port);
            Page page = browser.open(gateway.uri("/?session=" + session.id()));
            assertThat(row(page, session.lastSequence())).isVisible();
            connection(page, "live");

            for (int round = 0; round < 2; round++) {
                gateway.close();
                connection(page, "interrupted");
                gateway = on(stack, port);
                connection(page, "live");
            }

            session.chat(12);
            put(stack, session, done);
            try (GatewayUnderTest _ = gateway) {
                assertThat(row(page, session.lastSequence()))
                        .isVisible(new IsVisibleOptions().setTimeout(PATIENCE_MILLIS));
                assertThat(shown(page))
                        .isEqualTo(
                                LongStream.rangeClosed(1, session.lastSequence()).boxed().toList());
            }
            assertThat(browser.complaints()).isEmpty();
        }
    }

    private static void connection(Page page, String word) {
        assertThat(page.locator("#status .connection"))
                .hasText(
                        Pattern.compile("^" + word),
                        new HasTextOptions().setTimeout(PATIENCE_MILLIS));
    }

    private static GatewayUnderTest on(SampleStack stack, int port) {
        GatewayUnderTest gateway = GatewayUnderTest.on(stack, Map.of("KONTOR_HTTP_PORT", port));
        gateway.awaitReady();
        return gateway;
    }

    /** The sequences of the first rows of the events that are drawn, in their order. */
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

    private static int put(SampleStack stack, SampleSession session, int done) {
        List<SampleSession.Step> steps = session.steps();
        for (SampleSession.Step step : steps.subList(done, steps.size())) {
            stack.publish(step);
            stack.record(step);
        }
        return steps.size();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
