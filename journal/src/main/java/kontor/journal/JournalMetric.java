package kontor.journal;

/** What the journal counts and shows. */
enum JournalMetric {
    ROWS("kontor.journal.rows", "Rows inserted into schema capture"),
    BATCHES("kontor.journal.batches", "Transactions committed"),
    LAG("kontor.journal.lag", "Records in the topics that are not journalled yet"),
    CHECKSUM_MISMATCHES(
            "kontor.journal.checksum.mismatches",
            "Payloads that were not what the adapter's checksum says; journalled raw"),
    SEQUENCE_GAPS("kontor.journal.sequence.gaps", "Places where session sequences were missing"),
    VOID_RECORDS("kontor.journal.void.records", "Records of an older owner behind a claim"),
    UNREAD_CLAIMS(
            "kontor.journal.unread.claims", "New owners whose claim was not in what was read"),
    REPEATED_RECORDS("kontor.journal.repeated.records", "Records that had been journalled before"),
    FAILURES(
            "kontor.journal.failures",
            "Batches given up for the time, database or Kafka being away");

    private final String meterName;
    private final String meaning;

    JournalMetric(String meterName, String meaning) {
        this.meterName = meterName;
        this.meaning = meaning;
    }

    String meterName() {
        return meterName;
    }

    String meaning() {
        return meaning;
    }
}
