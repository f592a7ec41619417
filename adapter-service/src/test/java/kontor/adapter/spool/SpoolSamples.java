package kontor.adapter.spool;

import java.nio.ByteBuffer;
import kontor.vocabulary.RunId;

/** Messages by which each event can be told from every other. */
final class SpoolSamples {

    static final int MESSAGE_BYTES = 24;

    private SpoolSamples() {}

    static byte[] message(RunId run, long sequence) {
        return ByteBuffer.allocate(MESSAGE_BYTES)
                .putLong(run.value().getMostSignificantBits())
                .putLong(run.value().getLeastSignificantBits())
                .putLong(sequence)
                .array();
    }
}
