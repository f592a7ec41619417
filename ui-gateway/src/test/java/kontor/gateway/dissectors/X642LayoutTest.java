package kontor.gateway.dissectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import kontor.analysis.directplay.DirectPlay;
import kontor.analysis.directplay.PlayerIds;
import kontor.analysis.dissect.Field;
import kontor.analysis.x642.X642;
import kontor.vocabulary.Bytes;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What other programs are told of a message's layout is what our own dissector does with it. */
class X642LayoutTest {

    private static final DirectPlay DISSECTOR = new DirectPlay(new X642(), 4000);

    /** The two ids have other names where DirectPlay reads them. */
    private static final int ACTION_AT = X642Layout.IDS_LENGTH;

    @ParameterizedTest
    @CsvSource({
        "0x07D9, 04000000 00000000 11223344 01000000 55667788 ffffffff ffffffff 03000000 01020304",
        "0x0836, 01000000 08000000 11223344 0001 0700 3700 0809 0a0b0c",
        "0x083D, 01000000 04000000 0a0b0c0d",
        "0x084F, 02000000 0c000000 350000001412050064000000 350100003133000044000000",
        "0x084F, 03000000 0c000000 350000003112010007000000 39ff00002c00000051240000 39ff00002c00"
                + " 0100 51240000",
        "0x0853, 01000000 48000000 0100 ff00 0200 0300 48616c6c6f00",
        "0x0848, 0102030405"
    })
    void theLayoutSaysWhereTheDissectorFindsEachField(String action, String body) {
        Bytes message = message(Long.decode(action), body.replace(" ", ""));
        Map<String, Long> numbers = new HashMap<>();
        List<String> told = new ArrayList<>();
        List<Part> parts =
                Stream.concat(
                                X642Layout.HEAD.subList(2, 4).stream(),
                                X642Layout.BODIES
                                        .getOrDefault(Long.decode(action), X642Layout.OTHERS)
                                        .stream())
                        .toList();
        assertThat(walk(parts, message, ACTION_AT, numbers, told)).isEqualTo(message.length());

        Set<String> names = new HashSet<>();
        parts.forEach(part -> collect(part, names));
        List<String> found =
                DISSECTOR.onDatagram(message, PlayerIds.unknown()).orElseThrow().fields().stream()
                        .flatMap(Field::flatten)
                        .filter(field -> names.contains(field.name()))
                        .map(field -> shown(field.name(), field.offset(), field.length()))
                        .toList();
        assertThat(told).isEqualTo(found);
    }

    private static Bytes message(long action, String body) {
        Bytes rest = Bytes.ofHex(body);
        ByteBuffer bytes =
                ByteBuffer.allocate(ACTION_AT + 8 + rest.length()).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(0x0349281E).putInt(0x0349281D).putInt((int) action);
        bytes.putInt(8 + rest.length()).put(rest.toByteArray());
        return Bytes.owning(bytes.array());
    }

    private static void collect(Part part, Set<String> names) {
        if (part instanceof Part.Repeated repeated) {
            repeated.parts().forEach(inner -> collect(inner, names));
        } else {
            names.add(part.field());
        }
    }

    private static String shown(String field, int offset, int length) {
        return length == 0 ? field : "%s [%d, %d)".formatted(field, offset, offset + length);
    }

    /** As the exported descriptions do it; returns where it has come. */
    private static int walk(
            List<Part> parts,
            Bytes message,
            int from,
            Map<String, Long> numbers,
            List<String> told) {
        int at = from;
        for (Part part : parts) {
            int left = message.length() - at;
            switch (part) {
                case Part.Word(String field, int width, Part.View _) -> {
                    told.add(shown(field, at, width));
                    numbers.put(field, number(message, at, width));
                    at += width;
                }
                case Part.Text(String field, int length) -> {
                    told.add(shown(field, at, Math.min(length, left)));
                    at += Math.min(length, left);
                }
                case Part.Rest(String field) -> {
                    if (left > 0) {
                        told.add(shown(field, at, left));
                    }
                    at += left;
                }
                case Part.Repeated(String _, String count, int times, List<Part> inner) -> {
                    long wanted = count.isEmpty() ? times : numbers.getOrDefault(count, 0L);
                    for (long i = 0; i < wanted; i++) {
                        at = walk(inner, message, at, numbers, told);
                    }
                }
                case Part.Derived(String field, String _, Map<String, Long> where) -> {
                    if (numbers.entrySet().containsAll(where.entrySet())) {
                        told.add(field);
                    }
                }
            }
        }
        return at;
    }

    private static long number(Bytes message, int at, int width) {
        long number = 0;
        for (int i = width - 1; i >= 0; i--) {
            number = number << Byte.SIZE | message.unsignedAt(at + i);
        }
        return number;
    }
}
