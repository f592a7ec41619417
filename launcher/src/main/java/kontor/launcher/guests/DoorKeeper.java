package kontor.launcher.guests;

import com.google.protobuf.InvalidProtocolBufferException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import kontor.commands.v1.Receipt;
import kontor.control.v1.ControlEvent;
import kontor.topics.Headers;
import kontor.topics.Records;
import kontor.topics.Topics;
import kontor.vocabulary.InstanceName;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * Decides what of a guest's own topics goes on to the topics that all share: what is of this lab
 * and of the instance that the topic belongs to. Pure. Headers are made again from the value; a
 * guest's own are not believed.
 *
 * @param lab whose guests they are
 */
record DoorKeeper(String lab) {

    /** The decision about a record. */
    sealed interface Word {

        /** Forwards this record. */
        record Pass(ProducerRecord<String, byte[]> record) implements Word {}

        /** It does not, for this reason. */
        record Refuse(String reason) implements Word {}
    }

    /** The guest's topics are those. */
    static boolean isOfGuest(String topic) {
        return shared(topic).isPresent();
    }

    private static Optional<String> shared(String topic) {
        List<String> all = Topics.writtenByAdapters();
        return all.stream()
                .filter(name -> topic.startsWith(name + "."))
                .filter(name -> topic.indexOf('.', name.length() + 1) < 0)
                .findFirst();
    }

    Word decide(ConsumerRecord<String, byte[]> record) {
        Optional<String> shared = shared(record.topic());
        byte @Nullable [] value = record.value();
        if (shared.isEmpty() || value == null) {
            return new Word.Refuse("has no value");
        }
        String instance = record.topic().substring(shared.get().length() + 1);
        try {
            return switch (shared.get()) {
                case Topics.PACKETS -> packet(value, instance);
                case Topics.RECEIPTS -> receipt(Receipt.parseFrom(value), instance);
                default -> control(ControlEvent.parseFrom(value), instance);
            };
        } catch (InvalidProtocolBufferException e) {
            return new Word.Refuse("cannot be decoded");
        }
    }

    private Word packet(byte[] value, String instance) throws InvalidProtocolBufferException {
        ProducerRecord<String, byte[]> event = Records.ofAdapterEvent(value);
        Header said = event.headers().lastHeader(Headers.INSTANCE);
        String name = said == null ? "" : new String(said.value(), StandardCharsets.UTF_8);
        return passIfOwn(event, event.key(), name, instance);
    }

    private Word receipt(Receipt receipt, String instance) {
        return passIfOwn(Records.of(receipt), receipt.getLab(), receipt.getInstance(), instance);
    }

    private Word control(ControlEvent event, String instance) {
        return event.hasAdapterStatus()
                ? passIfOwn(
                        Records.of(event),
                        event.getLab(),
                        event.getAdapterStatus().getInstance(),
                        instance)
                : new Word.Refuse("is a control event other than the adapter's own status");
    }

    private Word passIfOwn(
            ProducerRecord<String, byte[]> record, String ofLab, String of, String instance) {
        return ofLab.equals(lab) && of.equals(instance)
                ? new Word.Pass(record)
                : new Word.Refuse("is said to be of '%s' in lab '%s'".formatted(of, ofLab));
    }

    /** The topics of one guest, in which it writes. */
    static List<String> topicsOf(InstanceName instance) {
        return Topics.writtenByAdapters().stream()
                .map(topic -> Topics.ofGuest(topic, instance))
                .toList();
    }
}
