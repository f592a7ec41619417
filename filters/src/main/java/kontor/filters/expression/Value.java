package kontor.filters.expression;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import kontor.filters.fields.FieldType;

/** A value of a field, or one that a filter names. */
public sealed interface Value {

    /** Of an integer, a decimal or a duration in seconds. */
    record Numeric(BigDecimal value) implements Value {

        public static Numeric of(long value) {
            return new Numeric(BigDecimal.valueOf(value));
        }
    }

    record Text(String value) implements Value {}

    record Flag(boolean value) implements Value {}

    /**
     * Bytes.
     *
     * @param latin1 a character of 0 to 255 for each byte
     */
    record Octets(String latin1) implements Value {

        public static Octets of(byte[] bytes) {
            return new Octets(new String(bytes, StandardCharsets.ISO_8859_1));
        }

        public byte[] bytes() {
            return latin1.getBytes(StandardCharsets.ISO_8859_1);
        }

        public String hex() {
            return HexFormat.of().formatHex(bytes());
        }
    }

    /**
     * An IPv4 address or, in a filter, a network.
     *
     * @param bits of the address, those behind the prefix zero
     * @param prefix 32 for one address
     */
    record Address(int bits, int prefix) implements Value {

        static final int WHOLE = 32;

        /** Dotted numbers without leading zeros. */
        public static final String PATTERN =
                "((25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])\\.){3}"
                        + "(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";

        private static final Pattern FORM = Pattern.compile(PATTERN);

        public Address {
            bits = prefix == 0 ? 0 : bits & -1 << (WHOLE - prefix);
        }

        /** Empty if the text is no IPv4 address. */
        public static Optional<Address> parse(String text) {
            if (!FORM.matcher(text).matches()) {
                return Optional.empty();
            }
            int bits = 0;
            for (String part : text.split("\\.", -1)) {
                bits = bits << Byte.SIZE | Integer.parseInt(part);
            }
            return Optional.of(new Address(bits, WHOLE));
        }

        public boolean isNetwork() {
            return prefix != WHOLE;
        }

        /** {@code 127.0.0.1}, {@code 127.0.0.0/8}. */
        @Override
        public String toString() {
            String dotted =
                    "%d.%d.%d.%d"
                            .formatted(
                                    bits >>> 24,
                                    bits >>> 16 & 0xFF,
                                    bits >>> Byte.SIZE & 0xFF,
                                    bits & 0xFF);
            return isNetwork() ? dotted + "/" + prefix : dotted;
        }
    }

    /**
     * A point in time.
     *
     * @param micros since 1970
     */
    record Time(long micros) implements Value {

        public static Time of(Instant instant) {
            return new Time(ChronoUnit.MICROS.between(Instant.EPOCH, instant));
        }

        public Instant instant() {
            return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
        }
    }

    /** Of a group: it is there. */
    record Presence() implements Value {}

    /**
     * What JSON holds, as a value of a field's type: a number, a text or a truth value; bytes as
     * hexadecimal digits, addresses with dots. Empty if it is none, and then the field is absent
     * for filters.
     */
    static Optional<Value> ofJson(FieldType type, Object raw) {
        return switch (type) {
            case INTEGER, DECIMAL, DURATION -> number(raw);
            case STRING -> raw instanceof String text ? Optional.of(new Text(text)) : none();
            case BOOLEAN -> raw instanceof Boolean flag ? Optional.of(new Flag(flag)) : none();
            case BYTES -> raw instanceof String text ? octets(text) : none();
            case IPV4 ->
                    raw instanceof String text ? Address.parse(text).map(a -> (Value) a) : none();
            case TIME -> none();
            case GROUP -> Optional.of(new Presence());
        };
    }

    private static Optional<Value> number(Object raw) {
        return switch (raw) {
            case Long number -> Optional.of(Numeric.of(number));
            case Integer number -> Optional.of(Numeric.of(number));
            case Double number when Double.isFinite(number) ->
                    Optional.of(new Numeric(BigDecimal.valueOf(number)));
            case java.math.BigInteger number -> Optional.of(new Numeric(new BigDecimal(number)));
            case BigDecimal number -> Optional.of(new Numeric(number));
            default -> none();
        };
    }

    private static Optional<Value> octets(String digits) {
        try {
            return Optional.of(Octets.of(HexFormat.of().parseHex(digits)));
        } catch (IllegalArgumentException e) {
            return none();
        }
    }

    private static Optional<Value> none() {
        return Optional.empty();
    }
}
