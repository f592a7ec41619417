package kontor.rules;

import static java.nio.charset.StandardCharsets.UTF_16LE;

import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import kontor.analysis.dissect.Dissection;
import kontor.analysis.dissect.Field;
import kontor.analysis.dissect.FieldValue;
import kontor.rules.RuleAction.SetField;
import kontor.vocabulary.Bytes;

/**
 * Writes the values of fields. How a field is encoded is taken from what it says now: the bytes in
 * its range are compared with its value in each encoding. So no layout is known here.
 */
final class FieldEditor {

    private static final Charset EIGHT_BIT = Charset.forName("windows-1252");

    private FieldEditor() {}

    /**
     * What came of it.
     *
     * @param problems why a field was left as it is
     */
    record Edited(Bytes bytes, List<String> problems) {}

    static Edited edit(Bytes message, Dissection dissection, SetField action) {
        byte[] edited = message.toByteArray();
        List<String> problems = new ArrayList<>();
        editIn(dissection.fields(), message, edited, action, problems);
        return new Edited(Bytes.owning(edited), problems);
    }

    private static void editIn(
            List<Field> group,
            Bytes message,
            byte[] edited,
            SetField action,
            List<String> problems) {
        for (Field field : group) {
            if (field.name().equals(action.field())
                    && (action.where() == null || action.where().test(Reading.ofGroup(group)))) {
                String problem = write(field, message, edited, action);
                if (!problem.isEmpty()) {
                    problems.add(action.field() + ": " + problem);
                }
            }
            editIn(field.children(), message, edited, action, problems);
        }
    }

    /** Empty if it was written. */
    private static String write(Field field, Bytes message, byte[] edited, SetField action) {
        if (field.length() == 0) {
            return "stands nowhere in the bytes; set the field that it is made of";
        }
        Bytes now = message.slice(field.offset(), field.length());
        return switch (field.value()) {
            case FieldValue.Numeric(long number) -> number(field, now, number, edited, action);
            case FieldValue.Text(String text) -> text(field, now, text, edited, action.value());
            case FieldValue.Flag _ -> "is a bit of a word; patch the word";
            case FieldValue.None _ -> "is a group of fields";
        };
    }

    private static String number(
            Field field, Bytes now, long number, byte[] edited, SetField action) {
        long wanted;
        try {
            wanted = Long.decode(action.value());
        } catch (NumberFormatException e) {
            return "\"%s\" is no number".formatted(action.value());
        }
        int length = field.length();
        long bits = length < Long.BYTES ? (1L << (length * Byte.SIZE)) - 1 : -1;
        boolean little = word(now, false) == (number & bits);
        boolean big = word(now, true) == (number & bits);
        if (length > Long.BYTES || (!little && !big)) {
            return "is a part of a word; patch the word";
        }
        boolean isBigEndian = big && (!little || field.name().endsWith("port"));
        long kept = (number & ~action.mask()) | (wanted & action.mask());
        if (wanted > bits || wanted < -(bits >>> 1) - 1) {
            return "%d does not fit into %d bytes".formatted(wanted, length);
        }
        for (int i = 0; i < length; i++) {
            int at = isBigEndian ? length - 1 - i : i;
            edited[field.offset() + at] = (byte) (kept >>> (i * Byte.SIZE));
        }
        return "";
    }

    private static long word(Bytes bytes, boolean isBigEndian) {
        long word = 0;
        int length = Math.min(bytes.length(), Long.BYTES);
        for (int i = 0; i < length; i++) {
            word = (word << Byte.SIZE) | bytes.unsignedAt(isBigEndian ? i : length - 1 - i);
        }
        return word;
    }

    private static String text(Field field, Bytes now, String text, byte[] edited, String value) {
        byte[] written;
        if (isAddress(now, text)) {
            written = address(value);
            if (written.length == 0) {
                return "\"%s\" is no IPv4 address".formatted(value);
            }
        } else if (now.toHex().startsWith(text.toLowerCase(java.util.Locale.ROOT))
                && !text.isEmpty()) {
            if (!value.matches("([0-9A-Fa-f]{2})*")) {
                return "\"%s\" are no hexadecimal digits".formatted(value);
            }
            written = HexFormat.of().parseHex(value);
        } else {
            written = value.getBytes(isWide(now, text) ? UTF_16LE : EIGHT_BIT);
        }
        if (written.length > field.length()) {
            return "\"%s\" needs %d bytes, there are %d"
                    .formatted(value, written.length, field.length());
        }
        // What is left of the field is zero, as the games end their texts.
        for (int i = 0; i < field.length(); i++) {
            edited[field.offset() + i] = i < written.length ? written[i] : 0;
        }
        return "";
    }

    private static boolean isAddress(Bytes now, String text) {
        return now.length() == 4 && text.equals(new Packet.Place(now, 0).dotted());
    }

    private static byte[] address(String value) {
        return kontor.filters.expression.Value.Address.parse(value)
                .map(address ->
                        new byte[] {
                            (byte) (address.bits() >>> 24),
                            (byte) (address.bits() >>> 16),
                            (byte) (address.bits() >>> Byte.SIZE),
                            (byte) address.bits()
                        })
                .orElse(new byte[0]);
    }

    /** A text of one character or more; an empty one is taken for 8-bit. */
    private static boolean isWide(Bytes now, String text) {
        Bytes wide = Bytes.owning(text.getBytes(UTF_16LE));
        return !text.isEmpty()
                && wide.length() <= now.length()
                && now.slice(0, wide.length()).equals(wide);
    }
}
