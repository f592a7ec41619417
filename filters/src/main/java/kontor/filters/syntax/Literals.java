package kontor.filters.syntax;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kontor.filters.expression.Value;
import kontor.filters.fields.FieldType;

/** Reads words as values of a type. */
final class Literals {

    private static final int DIGITS = 40;
    private static final Pattern DECIMAL =
            Pattern.compile("-?[0-9]{1,%d}(\\.[0-9]{1,%d})?".formatted(DIGITS, DIGITS));
    private static final Pattern INTEGER =
            Pattern.compile(
                    "(?<sign>-?)(0[xX](?<hex>[0-9a-fA-F]{1,16})|0[bB](?<binary>[01]{1,64})"
                            + "|0(?<octal>[0-7]{1,21})|(?<decimal>0|[1-9][0-9]{0,%d}))"
                                    .formatted(DIGITS - 1));
    private static final Pattern BYTES =
            Pattern.compile(
                    "[0-9a-fA-F]{2}((:[0-9a-fA-F]{2})*|(-[0-9a-fA-F]{2})*|(\\.[0-9a-fA-F]{2})*)");
    private static final Pattern NETWORK =
            Pattern.compile("(?<address>[0-9.]+)(/(?<prefix>[0-9]{1,2}))?");
    private static final Pattern TIME =
            Pattern.compile(
                    "(?<date>[0-9]{4}-[0-9]{2}-[0-9]{2})([T"
                            + " ](?<time>[0-9]{2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]{1,6})?)?)"
                            + " ?(?<zone>Z|[+-][0-9]{2}:?[0-9]{2})?)?");
    private static final int LONGEST_PREFIX = 32;

    private Literals() {}

    /** Empty if the word is no value of this type. Texts must be quoted, so no word is one. */
    static Optional<Value> read(String word, FieldType type) {
        return switch (type) {
            case INTEGER -> integer(word);
            case DECIMAL, DURATION -> decimal(word).or(() -> integer(word));
            case BOOLEAN -> flag(word);
            case BYTES -> bytes(word);
            case IPV4 -> address(word);
            case TIME -> time(word);
            case STRING, GROUP -> Optional.empty();
        };
    }

    /** Empty if the quoted text is no value of this type. */
    static Optional<Value> read(Quoted quoted, boolean character, FieldType type) {
        return switch (type) {
            case STRING ->
                    quoted.hasZero()
                            ? Optional.empty()
                            : Optional.of(new Value.Text(quoted.text()));
            case BYTES -> Optional.of(quoted.bytes());
            case INTEGER ->
                    character && quoted.text().codePointCount(0, quoted.text().length()) == 1
                            ? Optional.of(Value.Numeric.of(quoted.text().codePointAt(0)))
                            : Optional.empty();
            case TIME -> time(quoted.text());
            case DECIMAL, BOOLEAN, IPV4, DURATION, GROUP -> Optional.empty();
        };
    }

    /** A type that the word is a value of whatever it stands beside, for messages. */
    static boolean looksLikeValue(String word) {
        return List.of(FieldType.DECIMAL, FieldType.IPV4, FieldType.TIME, FieldType.BYTES).stream()
                        .anyMatch(type -> read(word, type).isPresent())
                || Character.isDigit(word.charAt(0))
                || word.charAt(0) == '-';
    }

    private static Optional<Value> integer(String word) {
        Matcher form = INTEGER.matcher(word);
        if (!form.matches()) {
            return Optional.empty();
        }
        BigInteger number =
                digits(form, "hex", 16)
                        .or(() -> digits(form, "binary", 2))
                        .or(() -> digits(form, "octal", 8))
                        .or(() -> digits(form, "decimal", 10))
                        .orElseThrow();
        boolean negative = !form.group("sign").isEmpty();
        return Optional.of(new Value.Numeric(new BigDecimal(negative ? number.negate() : number)));
    }

    private static Optional<BigInteger> digits(Matcher form, String group, int radix) {
        return Optional.ofNullable(form.group(group)).map(d -> new BigInteger(d, radix));
    }

    private static Optional<Value> decimal(String word) {
        boolean hasOtherRadix = word.matches("-?0[0-7]+");
        return DECIMAL.matcher(word).matches() && !hasOtherRadix
                ? Optional.of(new Value.Numeric(new BigDecimal(word)))
                : Optional.empty();
    }

    private static Optional<Value> flag(String word) {
        return switch (word) {
            case "true", "True", "TRUE", "1" -> Optional.of(new Value.Flag(true));
            case "false", "False", "FALSE", "0" -> Optional.of(new Value.Flag(false));
            default -> Optional.empty();
        };
    }

    private static Optional<Value> bytes(String word) {
        if (!BYTES.matcher(word).matches()) {
            return Optional.empty();
        }
        StringBuilder latin1 = new StringBuilder();
        for (int i = 0; i < word.length(); i += 3) {
            latin1.append((char) Integer.parseInt(word, i, i + 2, 16));
        }
        return Optional.of(new Value.Octets(latin1.toString()));
    }

    private static Optional<Value> address(String word) {
        Matcher form = NETWORK.matcher(word);
        if (!form.matches()) {
            return Optional.empty();
        }
        String prefix = form.group("prefix");
        int bits = prefix == null ? LONGEST_PREFIX : Integer.parseInt(prefix);
        return bits > LONGEST_PREFIX
                ? Optional.empty()
                : Value.Address.parse(form.group("address"))
                        .map(address -> new Value.Address(address.bits(), bits));
    }

    /** Without a zone, in UTC. */
    private static Optional<Value> time(String text) {
        Matcher form = TIME.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        String time = form.group("time");
        String zone = form.group("zone");
        try {
            Instant instant =
                    time == null
                            ? LocalDate.parse(form.group("date"))
                                    .atStartOfDay()
                                    .toInstant(ZoneOffset.UTC)
                            : zone == null
                                    ? LocalDateTime.parse(form.group("date") + "T" + time)
                                            .toInstant(ZoneOffset.UTC)
                                    : OffsetDateTime.parse(
                                                    form.group("date") + "T" + time + colon(zone))
                                            .toInstant();
            return Optional.of(Value.Time.of(instant));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static String colon(String zone) {
        boolean short4 = zone.length() == 5;
        return short4 ? zone.substring(0, 3) + ":" + zone.substring(3) : zone;
    }
}
