package kontor.rules;

import java.util.List;
import kontor.vocabulary.Bytes;
import kontor.vocabulary.InstanceName;

/**
 * A datagram, or a piece of a stream, on its way from one game to others.
 *
 * @param adapterSequence of the event that brought it
 * @param capturedAtMicros at the adapter's socket
 * @param source as the sender sees it
 * @param destination as the sender sees it
 * @param recipients to whom it would go, each once
 */
public record Packet(
        String lab,
        Transport transport,
        InstanceName from,
        long adapterSequence,
        long capturedAtMicros,
        Place source,
        Place destination,
        List<InstanceName> recipients) {

    public Packet {
        recipients = List.copyOf(recipients);
    }

    /** The same on its way to one of the recipients only. */
    Packet to(InstanceName recipient) {
        return new Packet(
                lab,
                transport,
                from,
                adapterSequence,
                capturedAtMicros,
                source,
                destination,
                List.of(recipient));
    }

    /** How it travels. */
    public enum Transport {
        TCP,
        UDP
    }

    /** An address and a port. */
    public record Place(Bytes address, int port) {

        /** Dotted, if it is an IPv4 address; else null. */
        @org.jspecify.annotations.Nullable
        String dotted() {
            return address.length() != 4
                    ? null
                    : "%d.%d.%d.%d"
                            .formatted(
                                    address.unsignedAt(0),
                                    address.unsignedAt(1),
                                    address.unsignedAt(2),
                                    address.unsignedAt(3));
        }
    }
}
