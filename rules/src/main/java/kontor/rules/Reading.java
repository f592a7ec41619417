package kontor.rules;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kontor.analysis.dissect.Dissection;
import kontor.analysis.dissect.Field;
import kontor.analysis.dissect.FieldValue;
import kontor.filters.evaluation.EventFacts;
import kontor.filters.evaluation.MessageFacts;
import kontor.filters.evaluation.Row;
import kontor.filters.evaluation.SessionRow;
import kontor.filters.expression.Value;
import kontor.filters.fields.BuiltInFields;
import kontor.filters.fields.FieldDeclaration;
import kontor.rules.Packet.Transport;
import kontor.vocabulary.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * The bytes that are on their way to one recipient, as a filter sees them. They are dissected when
 * a field of a message is first asked for: rules that ask for none cost no parsing.
 */
final class Reading implements Row {

    private final MessageParser parser;
    private final Packet packet;
    private final Bytes bytes;
    private final boolean isMessage;
    private final Row event;
    private final List<String> tags;
    private boolean isDissected;
    private @Nullable Dissection dissection;
    private @Nullable Row message;

    /**
     * @param isMessage whether a piece of a stream is one message
     * @param tags read when they are asked for
     */
    Reading(
            MessageParser parser,
            Packet packet,
            String recipient,
            Bytes bytes,
            boolean isMessage,
            List<String> tags) {
        this.parser = parser;
        this.packet = packet;
        this.bytes = bytes;
        this.isMessage = isMessage;
        this.tags = tags;
        this.event = onItsWay(packet, recipient, bytes);
    }

    /** A packet without what it says. */
    static Row onItsWay(Packet packet, String recipient, Bytes bytes) {
        return new SessionRow(facts(packet, recipient, bytes), List.of());
    }

    private static EventFacts facts(Packet packet, String recipient, Bytes bytes) {
        boolean tcp = packet.transport() == Transport.TCP;
        return new EventFacts(
                0,
                tcp ? "flow_data" : "datagram",
                Micros.instant(packet.capturedAtMicros()),
                null,
                packet.from().value(),
                List.of(recipient),
                "",
                new EventFacts.Flow(
                        0,
                        tcp ? "tcp" : "udp",
                        packet.source().dotted(),
                        packet.source().port(),
                        packet.destination().dotted(),
                        packet.destination().port()),
                Value.Octets.of(bytes.toByteArray()),
                null,
                List.of());
    }

    Bytes bytes() {
        return bytes;
    }

    @Override
    public List<Value> values(FieldDeclaration field) {
        if (field.name().equals(RuleFields.TAG)) {
            return tags.stream().<Value>map(Value.Text::new).toList();
        }
        if (BuiltInFields.isOfEvents(field.name())) {
            return event.values(field);
        }
        return dissection().isEmpty() ? List.of() : message().values(field);
    }

    /** Empty where the bytes do not look like a message. */
    Optional<Dissection> dissection() {
        if (!isDissected) {
            dissection = dissect().orElse(null);
            isDissected = true;
        }
        return Optional.ofNullable(dissection);
    }

    private Optional<Dissection> dissect() {
        if (packet.transport() == Transport.UDP) {
            return parser.onDatagram(bytes);
        }
        return isMessage ? Optional.of(parser.onMessage(bytes)) : Optional.empty();
    }

    private Row message() {
        Row known = message;
        if (known == null) {
            Dissection found = dissection().orElseThrow();
            known =
                    new SessionRow(
                            null,
                            List.of(
                                    facts(
                                            found.protocol(),
                                            found.type(),
                                            found.summary(),
                                            found.fields(),
                                            bytes.length())));
            message = known;
        }
        return known;
    }

    /** A group of fields for itself, for what asks which of several fields is meant. */
    static Row ofGroup(List<Field> fields) {
        return new SessionRow(null, List.of(facts("", "", "", fields, 0)));
    }

    private static MessageFacts facts(
            String protocol, String type, String summary, List<Field> fields, int length) {
        Map<String, List<Object>> values = new LinkedHashMap<>();
        fields.stream()
                .flatMap(Field::flatten)
                .forEach(field -> {
                    List<Object> found =
                            values.computeIfAbsent(field.name(), _ -> new ArrayList<>(1));
                    switch (field.value()) {
                        case FieldValue.Numeric(long number) -> found.add(number);
                        case FieldValue.Text(String text) -> found.add(text);
                        case FieldValue.Flag(boolean flag) -> found.add(flag);
                        case FieldValue.None() -> {}
                    }
                });
        return new MessageFacts(protocol, type, summary, "", null, "", length, values);
    }
}
