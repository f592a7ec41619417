package kontor.adapter.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import kontor.adapter.relay.Command;
import kontor.commands.v1.AdapterCommand;
import kontor.topics.Records;
import kontor.topics.Topics;
import kontor.vocabulary.InstanceName;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two instances' commands, from a consumer that the test fills. */
@Timeout(60)
final class KafkaCommandSourceTest {

    private static final int MOST_BATCHES = 2;
    private static final long END = 5;

    private final MockConsumer<String, byte[]> consumer = new MockConsumer<>("none");
    private final KafkaCommandSource source = new KafkaCommandSource(consumer);
    private final Told game1 = new Told("game1");
    private final Told game2 = new Told("game2");
    private final CommandFeed feed1 = feed(game1);
    private final CommandFeed feed2 = feed(game2);

    private CommandFeed feed(Told told) {
        consumer.updateBeginningOffsets(Map.of(told.topic, 0L));
        consumer.updateEndOffsets(Map.of(told.topic, END));
        return source.feed(TestRuns.of(told.instance), MOST_BATCHES, told);
    }

    @AfterEach
    void stop() throws Exception {
        source.stop();
    }

    @Test
    void eachBeginsAtItsEndAndKnowsTheNewestOwnerOfEarlierRuns() {
        start(4, 7);

        assertThat(feed1.positioned().join()).isEqualTo(END);
        assertThat(feed2.positioned().join()).isEqualTo(END);
        assertThat(game1.heard).containsExactly("fenced 4");
        assertThat(game2.heard).containsExactly("fenced 7");
    }

    @Test
    void eachHearsItsOwnCommandsInOrder() {
        start(1, 1);
        add(game1, END, 1);
        add(game2, END, 1);
        add(game1, END + 1, 2);

        await(() -> game1.heard.size() == 3 && game2.heard.size() == 2);
        assertThat(game1.heard).containsExactly("fenced 1", "command 1", "command 2");
        assertThat(game2.heard).containsExactly("fenced 1", "command 1");
    }

    @Test
    void oneThatHasEnoughWaitsAndTheOtherDoesNot() {
        start(1, 1);
        for (int sequence = 1; sequence <= MOST_BATCHES; sequence++) {
            add(game1, END + sequence - 1, sequence);
            int heard = 1 + sequence;
            await(() -> game1.heard.size() == heard);
        }
        await(() -> consumer.paused().equals(Set.of(game1.topic)));
        add(game1, END + MOST_BATCHES, 3);
        add(game2, END, 1);
        await(() -> game2.heard.contains("command 1"));
        assertThat(game1.heard).doesNotContain("command 3");

        game1.taken.getFirst().run();
        await(() -> game1.heard.contains("command 3"));
    }

    @Test
    void oneWhoseCommandCannotBeReadHaltsAndTheOtherDoesNot() {
        start(1, 1);
        consumer.schedulePollTask(
                () -> consumer.addRecord(record(game1, END, new byte[] {1, 2, 3})));
        await(() -> game1.heard.contains("halted"));
        await(() -> consumer.assignment().equals(Set.of(game2.topic)));
        add(game2, END, 1);
        await(() -> game2.heard.contains("command 1"));
    }

    @Test
    void oneWhosePositionIsGoneHaltsAndTheOtherDoesNot() {
        start(1, 1);
        consumer.setPollException(new OffsetOutOfRangeException(Map.of(game1.topic, END)));
        await(() -> game1.heard.contains("halted"));
        add(game2, END, 1);
        await(() -> game2.heard.contains("command 1"));
        assertThat(game2.heard).doesNotContain("halted");
    }

    @Test
    void oneThatIsStoppedHearsNothingMore() {
        start(1, 1);
        feed1.stop();
        await(() -> consumer.assignment().equals(Set.of(game2.topic)));
        add(game2, END, 1);
        await(() -> game2.heard.contains("command 1"));
        assertThat(game1.heard).containsExactly("fenced 1");
    }

    /** With what earlier runs were told by owners with these epochs and one before each. */
    private void start(long epoch1, long epoch2) {
        consumer.schedulePollTask(() -> {
            toldBefore(game1, epoch1);
            toldBefore(game2, epoch2);
        });
        source.start();
        await(() -> game1.heard.size() == 1 && game2.heard.size() == 1);
    }

    private void toldBefore(Told told, long epoch) {
        for (long offset = 0; offset < END; offset++) {
            consumer.addRecord(record(told, offset, command(told, 1, epoch - offset % 2)));
        }
    }

    private void add(Told told, long offset, long sequence) {
        consumer.schedulePollTask(
                () -> consumer.addRecord(record(told, offset, command(told, sequence, 1))));
    }

    private static AdapterCommand command(Told told, long sequence, long epoch) {
        return AdapterCommand.newBuilder()
                .setLab("lab")
                .setInstance(told.instance)
                .setTargetRunId(new UUID(1, 1).toString())
                .setCommandSequence(sequence)
                .setOwnerEpoch(epoch)
                .build();
    }

    private static ConsumerRecord<String, byte[]> record(
            Told told, long offset, AdapterCommand command) {
        ProducerRecord<String, byte[]> sent = Records.of(command);
        ConsumerRecord<String, byte[]> record = record(told, offset, sent.value());
        sent.headers().forEach(header -> record.headers().add(header));
        return record;
    }

    private static ConsumerRecord<String, byte[]> record(Told told, long offset, byte[] value) {
        return new ConsumerRecord<>(told.topic.topic(), 0, offset, "lab", value);
    }

    private static void await(BooleanSupplier condition) {
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(condition::getAsBoolean);
    }

    /** What an instance's adapter was told. */
    private static final class Told implements CommandFeed.Sink {

        private final String instance;
        private final TopicPartition topic;
        private final List<String> heard = new CopyOnWriteArrayList<>();
        private final List<Runnable> taken = new CopyOnWriteArrayList<>();

        Told(String instance) {
            this.instance = instance;
            this.topic = new TopicPartition(Topics.commands(new InstanceName(instance)), 0);
        }

        @Override
        public void fenced(long epoch) {
            heard.add("fenced " + epoch);
        }

        @Override
        public void submit(List<Command> commands, Runnable taken) {
            commands.forEach(command -> heard.add("command " + command.sequence()));
            this.taken.add(taken);
        }

        @Override
        public void halted(String reason) {
            heard.add("halted");
        }
    }
}
