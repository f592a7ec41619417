package kontor.rules;

import java.util.Optional;
import kontor.analysis.dissect.Dissection;
import kontor.analysis.dissect.FieldValue;
import kontor.packetrules.PacketView;
import kontor.rules.Packet.Transport;
import kontor.vocabulary.Bytes;

/** A packet as a rule in Java sees it. */
final class CodeView implements PacketView {

    private final Packet packet;
    private final String recipient;
    private final Reading reading;

    CodeView(Packet packet, String recipient, Reading reading) {
        this.packet = packet;
        this.recipient = recipient;
        this.reading = reading;
    }

    @Override
    public String from() {
        return packet.from().value();
    }

    @Override
    public String to() {
        return recipient;
    }

    @Override
    public boolean isTcp() {
        return packet.transport() == Transport.TCP;
    }

    @Override
    public String protocol() {
        return reading.dissection().map(Dissection::protocol).orElse("");
    }

    @Override
    public String type() {
        return reading.dissection().map(Dissection::type).orElse("");
    }

    @Override
    public int length() {
        return reading.bytes().length();
    }

    @Override
    public int u8(int offset) {
        return (int) word(offset, 1);
    }

    @Override
    public int u16(int offset) {
        return (int) word(offset, 2);
    }

    @Override
    public long u32(int offset) {
        return word(offset, 4);
    }

    private long word(int offset, int length) {
        Bytes bytes = reading.bytes();
        if (offset < 0 || offset > bytes.length() - length) {
            throw new IndexOutOfBoundsException(
                    "%d bytes at %d of %d".formatted(length, offset, bytes.length()));
        }
        long word = 0;
        for (int i = length - 1; i >= 0; i--) {
            word = (word << Byte.SIZE) | bytes.unsignedAt(offset + i);
        }
        return word;
    }

    @Override
    public boolean has(String field) {
        return value(field).isPresent();
    }

    @Override
    public long number(String field) {
        if (value(field).orElse(null) instanceof FieldValue.Numeric(long number)) {
            return number;
        }
        throw new IllegalArgumentException("there is no number " + field);
    }

    @Override
    public String text(String field) {
        if (value(field).orElse(null) instanceof FieldValue.Text(String text)) {
            return text;
        }
        throw new IllegalArgumentException("there is no text " + field);
    }

    private Optional<FieldValue> value(String field) {
        return reading.dissection()
                .flatMap(found -> found.first(field))
                .map(kontor.analysis.dissect.Field::value);
    }
}
