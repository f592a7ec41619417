package kontor.analysis.dissect;

import java.util.function.Function;
import kontor.analysis.dissect.Field.Reading;
import kontor.vocabulary.Bytes;

/** How bytes are read that are more than a number. */
final class Readings {

    /** Bytes without meaning are shown as digits up to this many; they stand in the event. */
    private static final int RAW_SHOWN = 64;

    /** The bytes of a GUID as they are written. */
    private static final int[] GUID_ORDER = {3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15};

    static final Reading IPV4 = text(Readings::ipv4);
    static final Reading GUID = text(Readings::guid);
    static final Reading NARROW = text(Texts::narrow);

    /** Bytes without a meaning known here. */
    static final Reading RAW =
            new Reading() {
                @Override
                public FieldValue value(Bytes bytes) {
                    return new FieldValue.Text(digits(bytes));
                }

                @Override
                public String display(Bytes bytes) {
                    return bytes.length() <= RAW_SHOWN
                            ? digits(bytes)
                            : bytes.length() + " bytes: " + digits(bytes) + "...";
                }
            };

    private Readings() {}

    /** A group of fields whose own bytes say how it is shown. */
    static Reading group(Function<Bytes, String> display) {
        return new Reading() {

            private static final FieldValue NOTHING = new FieldValue.None();

            @Override
            public FieldValue value(Bytes bytes) {
                return NOTHING;
            }

            @Override
            public String display(Bytes bytes) {
                return display.apply(bytes);
            }
        };
    }

    private static Reading text(Function<Bytes, String> text) {
        return new Reading() {
            @Override
            public FieldValue value(Bytes bytes) {
                return new FieldValue.Text(text.apply(bytes));
            }

            @Override
            public String display(Bytes bytes) {
                return text.apply(bytes);
            }
        };
    }

    private static String digits(Bytes bytes) {
        return (bytes.length() <= RAW_SHOWN ? bytes : bytes.slice(0, RAW_SHOWN)).toHex();
    }

    /** Four bytes, dotted. */
    static String ipv4(Bytes bytes) {
        return bytes.unsignedAt(0)
                + "."
                + bytes.unsignedAt(1)
                + "."
                + bytes.unsignedAt(2)
                + "."
                + bytes.unsignedAt(3);
    }

    /** Three numbers and eight bytes, in braces and upper case. */
    static String guid(Bytes bytes) {
        StringBuilder text = new StringBuilder(38).append('{');
        for (int i = 0; i < GUID_ORDER.length; i++) {
            if (i == 4 || i == 6 || i == 8 || i == 10) {
                text.append('-');
            }
            int octet = bytes.unsignedAt(GUID_ORDER[i]);
            text.append(WordView.DIGITS[octet >> 4]).append(WordView.DIGITS[octet & 0xF]);
        }
        return text.append('}').toString();
    }
}
