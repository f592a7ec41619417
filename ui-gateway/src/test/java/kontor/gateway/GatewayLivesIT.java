package kontor.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import kontor.gateway.sample.EventStream;
import kontor.gateway.sample.EventStream.Received;
import kontor.gateway.sample.GatewayUnderTest;
import kontor.gateway.sample.SampleMessages;
import kontor.gateway.sample.SampleSession;
import kontor.gateway.sample.SampleSession.Step;
import kontor.gateway.sample.SampleStack;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.json.JsonMapper;

/**
 * A browser that lives longer than the gateway. In a class of its own: the end of one life takes
 * the network threads of all gateways in the JVM with it.
 */
@Timeout(120)
class GatewayLivesIT {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int EVENTS = 401;
    private static final int EVENTS_PER_LIFE = 150;

    @Test
    void eachEventIsSeenOnceThroughRestartsWhileEventsFlow() {
        try (SampleStack stack = new SampleStack()) {
            SampleSession session = SampleSession.of("lives");
            for (int sent = 1; sent < EVENTS; sent++) {
                session.datagram("game1", 2350, 2350, SampleMessages.x642(sent));
            }
            stack.recordSession(session);
            List<Received> events = new ArrayList<>();
            String last = null;
            for (int from = 0; from < EVENTS; from += EVENTS_PER_LIFE) {
                // Half of them while no gateway lives, half while the stream is open.
                int to = Math.min(from + EVENTS_PER_LIFE, EVENTS);
                int half = (from + to) / 2;
                play(stack, session.steps().subList(from, half));
                try (GatewayUnderTest life = GatewayUnderTest.on(stack);
                        EventStream stream = life.stream(session, last)) {
                    play(stack, session.steps().subList(half, to));
                    while (events.size() < to) {
                        Received next = stream.next();
                        last = next.id();
                        if (next.type().equals("event")) {
                            events.add(next);
                        }
                    }
                }
            }

            assertThat(events)
                    .extracting(event -> JSON.readTree(event.data()).get("sequence").asLong())
                    .isEqualTo(LongStream.rangeClosed(1, EVENTS).boxed().toList());
        }
    }

    private static void play(SampleStack stack, List<Step> steps) {
        steps.forEach(step -> {
            stack.publish(step);
            stack.record(step);
        });
    }
}
