package kontor.adapter.capture;

import kontor.vocabulary.Bytes;

/**
 * Gives each observation of a run its adapter sequence, its time and its checksum.
 *
 * <p>Guarantees: sequences are 1, 2, 3 ... without gaps in the order of the calls; times never
 * fall, whatever the wall clock does. Not thread-safe: one run, one thread.
 */
public final class EventStamp {

    private long sequence;
    private long latestMicros;
    private long payloadBytes;

    /**
     * @param wallClockMicros what the wall clock says now, microseconds since 1970
     */
    public CapturedEvent stamp(Observation what, long wallClockMicros) {
        Bytes payload = what.payload();
        sequence++;
        latestMicros = Math.max(latestMicros, wallClockMicros);
        payloadBytes += payload.length();
        int crc32c = payload.isEmpty() ? 0 : payload.crc32c();
        return new CapturedEvent(sequence, latestMicros, crc32c, what);
    }

    /** The highest sequence given, 0 before the first. */
    public long highestSequence() {
        return sequence;
    }

    /** Payload bytes of all events of the run. */
    public long payloadBytes() {
        return payloadBytes;
    }
}
