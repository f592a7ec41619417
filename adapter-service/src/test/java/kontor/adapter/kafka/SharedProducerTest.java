package kontor.adapter.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;
import org.junit.jupiter.api.Test;

/** Two senders on producers of which the test decides what they acknowledge. */
final class SharedProducerTest {

    private final OutOfOrderSequenceException forgotten =
            new OutOfOrderSequenceException("the broker forgot");

    private final MockProducers producers = new MockProducers();
    private final List<String> seen = new ArrayList<>();
    private final SharedProducer shared = new SharedProducer(producers::make);

    @Test
    void sendersUseOneProducerAndEachHearsOfItsOwn() {
        SendingClient first = shared.client();
        SendingClient second = shared.client();
        send(first, "a");
        send(second, "b");

        assertThat(producers.made).hasSize(1);
        producers.made.getFirst().completeNext();
        assertThat(seen).containsExactly("a acknowledged");
        producers.made.getFirst().completeNext();
        assertThat(seen).containsExactly("a acknowledged", "b acknowledged");
    }

    @Test
    void aFailureEndsTheProducerForAllSendersAndNothingMoreIsSentByIt() {
        SendingClient first = shared.client();
        SendingClient second = shared.client();
        send(first, "a");
        producers.made.getFirst().errorNext(forgotten);
        shared.fail(first, forgotten);
        send(second, "b");

        assertThat(seen).containsExactly("a failed", "b failed");
        assertThat(second.hasFailed()).isTrue();
        assertThat(producers.made.getFirst().closed()).isTrue();
        assertThat(producers.made.getFirst().history()).hasSize(1);
        send(shared.client(), "b");
        assertThat(producers.made).hasSize(2);
        assertThat(producers.made.getLast().history()).hasSize(1);
    }

    @Test
    void aSenderThatNoticesLaterDoesNotEndTheNextProducer() {
        SendingClient first = shared.client();
        SendingClient second = shared.client();
        shared.fail(first, forgotten);
        SendingClient next = shared.client();
        shared.fail(second, forgotten);

        assertThat(next.hasFailed()).isFalse();
        assertThat(producers.made.getLast().closed()).isFalse();
    }

    @Test
    void aSenderThatEndsHearsNothingMoreAndLeavesTheProducerToTheOthers() {
        SendingClient first = shared.client();
        SendingClient second = shared.client();
        send(first, "a");
        shared.release(first);

        send(second, "b");
        producers.made.getFirst().completeNext();
        producers.made.getFirst().completeNext();
        assertThat(seen).containsExactly("b acknowledged");
        shared.close();
        assertThat(producers.made.getFirst().closed()).isTrue();
    }

    private void send(SendingClient client, String name) {
        client.send(
                new ProducerRecord<>("topic", new byte[0]),
                _ -> seen.add(name + " acknowledged"),
                () -> seen.add(name + " failed"));
    }
}
