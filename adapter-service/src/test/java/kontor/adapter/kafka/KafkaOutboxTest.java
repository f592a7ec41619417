package kontor.adapter.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import kontor.adapter.relay.Command;
import kontor.adapter.relay.CommandOutcome;
import kontor.adapter.relay.CommandReceipt;
import kontor.commands.v1.Receipt;
import kontor.topics.BrokerLogin;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Receipts with a client of which the test decides what it acknowledges. */
@Timeout(60)
final class KafkaOutboxTest {

    private static final RunIdentity IDENTITY = TestRuns.of("game1");
    private static final KafkaSettings SETTINGS =
            new KafkaSettings("", 3, 1, Duration.ofSeconds(10), BrokerLogin.NONE, false);

    private final MockProducers producers = new MockProducers();
    private final List<String> reliefs = new CopyOnWriteArrayList<>();
    private final SharedProducer producer = new SharedProducer(producers::make);
    private final KafkaOutbox outbox =
            new KafkaOutbox(SETTINGS, IDENTITY, producer, () -> reliefs.add("relief"));

    @BeforeEach
    void start() {
        outbox.start();
    }

    @AfterEach
    void finish() throws Exception {
        outbox.finish(Duration.ofMillis(1));
    }

    @Test
    void commandsWaitWhileTooManyReceiptsAreUnacknowledged() throws Exception {
        for (int sequence = 1; sequence <= 3; sequence++) {
            assertThat(outbox.takesReceipts()).isTrue();
            give(sequence);
        }
        assertThat(outbox.takesReceipts()).isFalse();
        assertThat(outbox.brokerAnswers()).isFalse();
        await(() -> sentTo(0).size() == 3);
        producers.made.getFirst().completeNext();
        assertThat(outbox.takesReceipts()).isTrue();
        assertThat(reliefs).hasSize(1);
        assertThat(outbox.brokerAnswers()).isTrue();
    }

    @Test
    void whatTheClientGivesUpIsSentAgainBeforeWhatComes() throws Exception {
        give(1);
        give(2);
        give(3);
        await(() -> sentTo(0).size() == 3);
        producers.made.getFirst().completeNext();
        producers.made.getFirst().errorNext(new OutOfOrderSequenceException("the broker forgot"));
        await(() -> producers.made.size() == 2 && sentTo(1).size() == 2);
        give(4);
        await(() -> sentTo(1).size() == 3);
        assertThat(sentTo(1)).containsExactly(2L, 3L, 4L);
        while (producers.made.getLast().completeNext()) {
            // All of them.
        }
        assertThat(outbox.takesReceipts()).isTrue();
    }

    @Test
    void whatIsOnItsWayWhenAnotherSenderFailsIsSentAgainThoughNothingNewComes() throws Exception {
        give(1);
        await(() -> sentTo(0).size() == 1);
        SendingClient other = producer.client();
        OutOfOrderSequenceException forgotten =
                new OutOfOrderSequenceException("the broker forgot");
        producer.fail(other, forgotten);
        // As a real one does when it is closed.
        producers.made.getFirst().errorNext(forgotten);
        await(() -> producers.made.size() == 2 && sentTo(1).size() == 1);
        assertThat(sentTo(1)).containsExactly(1L);
    }

    private void give(long sequence) {
        Command command = new Command(IDENTITY.run().toString(), sequence, "s", 1, 1, 0, List.of());
        outbox.receipt(new CommandReceipt(command, CommandOutcome.DONE, 0, ""), 1);
    }

    private List<Long> sentTo(int client) throws Exception {
        List<Long> sequences = new ArrayList<>();
        for (var sent : producers.made.get(client).history()) {
            sequences.add(Receipt.parseFrom(sent.value()).getCommandSequence());
        }
        return sequences;
    }

    private static void await(ThrowingCondition condition) {
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(condition::holds);
    }

    private interface ThrowingCondition {
        boolean holds() throws Exception;
    }
}
