package kontor.orchestrator.driving;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import kontor.orchestrator.kafka.WallClock;
import kontor.orchestrator.mapping.PacketMapping;
import kontor.orchestrator.ownership.LogRecord;
import kontor.orchestrator.ownership.Message;
import kontor.orchestrator.ownership.Moment;
import kontor.orchestrator.ownership.Owner;
import kontor.orchestrator.ownership.OwnerEffect;
import kontor.orchestrator.ownership.OwnerInput;
import kontor.orchestrator.ownership.OwnerRules;
import kontor.orchestrator.ownership.Tenure;
import kontor.orchestrator.sequencer.InputPosition;
import kontor.orchestrator.settings.OrchestratorSettings;
import kontor.packets.v1.AdapterEvent;
import kontor.topics.Records;
import kontor.topics.ServiceLife;
import kontor.topics.Topics;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;

/**
 * Relays packets of games that do not exist, so that the JVM has compiled the packet path before a
 * standby has to take over. Without it the first packets after a takeover are decided by its
 * interpreter, many times slower than those that follow, and all that came meanwhile waits.
 *
 * <p>An {@link Owner} of its own decides; the records that follow are encoded and dropped. Nothing
 * is read from Kafka or written to it, and nothing counted.
 *
 * <p>Confined to one thread.
 */
public final class Rehearsal {

    private final MessageWriter writer;
    private final Owner owner;
    private final RehearsedGames games = new RehearsedGames("rehearsal");
    private LogRecord.@Nullable Claim claim;
    private long position;
    private long packets;
    private long commands;

    /**
     * @param packets that were relayed
     * @param commands that were encoded for the games
     */
    public record Outcome(long packets, long commands) {}

    public Rehearsal(OrchestratorSettings settings, ServiceLife life) {
        OwnerRules rules = OwnerDriver.rules(settings, life);
        this.writer = new MessageWriter(0, life);
        this.owner = new Owner(rules, new Tenure(false, Duration.ofDays(1)), System.nanoTime());
    }

    /**
     * Takes a partition over and relays. To be called once.
     *
     * @param most packets; a few more, as games send four at a time
     * @param atMost ends it earlier, as does {@code isStopping}
     */
    public Outcome run(long most, Duration atMost, BooleanSupplier isStopping) {
        long end = System.nanoTime() + atMost.toNanos();
        takeOver();
        games.beginning().forEach(this::take);
        packets = 0;
        commands = 0;
        while (packets < most && System.nanoTime() < end && !isStopping.getAsBoolean()) {
            games.round().forEach(this::take);
            on(new OwnerInput.InputPolled(false));
        }
        return new Outcome(packets, commands);
    }

    /** Of an empty log, whose only record is the own claim. */
    private void takeOver() {
        perform(owner.start());
        on(new OwnerInput.Begin());
        on(new OwnerInput.CheckpointRead(null, 0));
        on(new OwnerInput.LogEndKnown(0));
        on(new OwnerInput.Appended(0));
        on(new OwnerInput.LogRead(requireNonNull(claim)));
        on(new OwnerInput.LogPolled(1));
        on(new OwnerInput.Acknowledged());
    }

    private void take(AdapterEvent event) {
        ProducerRecord<String, byte[]> sent = Records.of(event);
        ConsumerRecord<String, byte[]> record =
                new ConsumerRecord<>(
                        Topics.PACKETS,
                        0,
                        position,
                        0,
                        TimestampType.CREATE_TIME,
                        0,
                        0,
                        sent.key(),
                        sent.value(),
                        sent.headers(),
                        Optional.empty());
        position++;
        packets++;
        AdapterEvent written = Records.adapterEvent(record);
        writer.taking(written);
        on(
                PacketMapping.captured(
                        written,
                        new InputPosition(record.topic(), record.partition(), record.offset())));
        writer.taking(null);
    }

    private void on(OwnerInput happened) {
        perform(owner.on(happened, new Moment(System.nanoTime(), WallClock.nowMicros())));
    }

    private void perform(List<OwnerEffect> effects) {
        for (OwnerEffect effect : effects) {
            if (effect instanceof OwnerEffect.Send(Message message)) {
                ProducerRecord<String, byte[]> _ = writer.record(message);
                commands += message instanceof Message.Order ? 1 : 0;
            } else if (effect instanceof OwnerEffect.Append(LogRecord record)) {
                claim = (LogRecord.Claim) record;
            }
        }
    }
}
