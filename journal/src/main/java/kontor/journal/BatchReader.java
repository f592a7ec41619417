package kontor.journal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kontor.journal.ledger.LogEntry;
import kontor.journal.ledger.ReceiptRow;
import kontor.topics.Topics;
import kontor.topics.UndecodableRecordException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Reads what a poll brought, up to the first record that cannot be read. */
final class BatchReader {

    /**
     * @param nextOffsets behind the last record read, by partition
     * @param halt what could not be read; null where all could
     */
    record Contents(
            List<LogEntry> entries,
            List<ReceiptRow> receipts,
            Map<Position.Partition, Long> nextOffsets,
            @Nullable JournalHaltedException halt) {}

    private final List<LogEntry> entries = new ArrayList<>();
    private final List<ReceiptRow> receipts = new ArrayList<>();
    private final Map<Position.Partition, Long> nextOffsets = new HashMap<>();

    private final SessionEventReader events;

    private BatchReader(SessionEventReader events) {
        this.events = events;
    }

    static Contents read(ConsumerRecords<String, byte[]> records, SessionEventReader events) {
        BatchReader reader = new BatchReader(events);
        JournalHaltedException halt = null;
        for (TopicPartition partition : records.partitions()) {
            JournalHaltedException here = reader.read(partition, records.records(partition));
            halt = halt == null ? here : halt;
        }
        return new Contents(reader.entries, reader.receipts, reader.nextOffsets, halt);
    }

    private @Nullable JournalHaltedException read(
            TopicPartition partition, List<ConsumerRecord<String, byte[]>> records) {
        for (ConsumerRecord<String, byte[]> record : records) {
            try {
                if (record.topic().equals(Topics.RECEIPTS)) {
                    receipts.add(ReceiptReader.read(record));
                } else {
                    entries.add(events.read(record));
                }
            } catch (UndecodableRecordException e) {
                return new JournalHaltedException(String.valueOf(e.getMessage()), e);
            } catch (IllegalArgumentException e) {
                return new JournalHaltedException(
                        "record %s@%d cannot be read: %s"
                                .formatted(partition, record.offset(), e.getMessage()),
                        e);
            }
            nextOffsets.put(KafkaLog.of(partition), record.offset() + 1);
        }
        return null;
    }
}
