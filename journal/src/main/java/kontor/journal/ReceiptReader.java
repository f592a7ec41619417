package kontor.journal;

import java.util.UUID;
import kontor.commands.v1.Outcome;
import kontor.commands.v1.Receipt;
import kontor.journal.ledger.ReceiptRow;
import kontor.log.Words;
import kontor.topics.Records;
import kontor.vocabulary.SessionId;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads records of {@code kontor.receipts}. Policy: HALT. */
final class ReceiptReader {

    private ReceiptReader() {}

    /**
     * Reads one record.
     *
     * @throws kontor.topics.UndecodableRecordException where it is no receipt
     * @throws IllegalArgumentException where its ids are none
     */
    static ReceiptRow read(ConsumerRecord<String, byte[]> record) {
        Receipt receipt = Records.receipt(record);
        return new ReceiptRow(
                UUID.fromString(receipt.getTargetRunId()),
                receipt.getCommandSequence(),
                receipt.getInstance(),
                UUID.fromString(receipt.getRunId()),
                receipt.getSessionId().isEmpty() ? null : SessionId.parse(receipt.getSessionId()),
                receipt.getSessionSequence(),
                Words.of(Outcome.getDescriptor(), receipt.getOutcomeValue()),
                receipt.getDoneAtMicros(),
                receipt.getPayloadBytes(),
                receipt.getDetail().isEmpty() ? null : receipt.getDetail());
    }
}
