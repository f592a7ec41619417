package kontor.orchestrator.sequencer;

import kontor.vocabulary.Bytes;

/**
 * What a game wrote, and the adapter's checksum of it.
 *
 * @param crc32c as the adapter reckoned it
 */
public record Payload(Bytes bytes, int crc32c) {

    /** Bytes of our own making. */
    static Payload of(Bytes bytes) {
        return new Payload(bytes, bytes.crc32c());
    }

    /** Whether the bytes are still those that the adapter read. */
    boolean intact() {
        return bytes.crc32c() == crc32c;
    }
}
