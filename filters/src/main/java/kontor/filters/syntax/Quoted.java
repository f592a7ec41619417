package kontor.filters.syntax;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import kontor.filters.expression.Value;
import kontor.filters.grammar.FilterParser;

/**
 * A text in quotes, with what its escapes stand for: {@code \n \r \t \a \b \f \v \\ \" \'}, {@code
 * \x2a}, {@code \052}, {@code \}{@code u00e4}. Raw texts, {@code r"..."}, keep every backslash.
 *
 * @param text as text, where {@code \xe4} is the character of that number
 * @param bytes as bytes, where {@code \xe4} is that byte and what is written out is UTF-8
 */
record Quoted(String text, Value.Octets bytes) {

    /** A zero byte: PostgreSQL's texts cannot hold it, so no field's text does. */
    boolean hasZero() {
        return text.indexOf(0) >= 0;
    }

    static Quoted of(Source source, FilterParser.QuotedContext quoted) {
        String token = source.textOf(quoted);
        if (quoted.RAW_STRING() != null) {
            String inner = token.substring(2, token.length() - 1);
            return new Quoted(inner, Value.Octets.of(inner.getBytes(StandardCharsets.UTF_8)));
        }
        Escapes escapes = new Escapes(source, quoted, token.substring(1, token.length() - 1));
        escapes.readAll();
        return new Quoted(escapes.text.toString(), Value.Octets.of(escapes.bytes.toByteArray()));
    }

    private static final class Escapes {

        private final Source source;
        private final FilterParser.QuotedContext quoted;
        private final String inner;
        private final StringBuilder text = new StringBuilder();
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private int at;

        Escapes(Source source, FilterParser.QuotedContext quoted, String inner) {
            this.source = source;
            this.quoted = quoted;
            this.inner = inner;
        }

        void readAll() {
            while (at < inner.length()) {
                int c = inner.codePointAt(at);
                at += Character.charCount(c);
                if (c == '\\') {
                    escape();
                } else {
                    character(c);
                }
            }
        }

        private void escape() {
            char c = inner.charAt(at++);
            switch (c) {
                case 'n' -> character('\n');
                case 'r' -> character('\r');
                case 't' -> character('\t');
                case 'a' -> character(7);
                case 'b' -> character('\b');
                case 'f' -> character('\f');
                case 'v' -> character(11);
                case '\\', '"', '\'' -> character(c);
                case 'x' -> octet(number(2, 16));
                case 'u' -> character(scalar(number(4, 16)));
                case '0', '1', '2', '3' -> {
                    at--;
                    octet(number(3, 8));
                }
                default -> throw bad("\\" + c);
            }
        }

        private int scalar(int number) {
            if (number >= Character.MIN_SURROGATE && number <= Character.MAX_SURROGATE) {
                throw bad("\\u%04x".formatted(number));
            }
            return number;
        }

        private int number(int digits, int radix) {
            int number = 0;
            for (int i = 0; i < digits; i++) {
                int digit = at < inner.length() ? Character.digit(inner.charAt(at), radix) : -1;
                if (digit < 0) {
                    throw bad("an escape of fewer than %d digits".formatted(digits));
                }
                number = number * radix + digit;
                at++;
            }
            return number;
        }

        private void character(int c) {
            text.appendCodePoint(c);
            bytes.writeBytes(Character.toString(c).getBytes(StandardCharsets.UTF_8));
        }

        private void octet(int value) {
            text.append((char) value);
            bytes.write(value);
        }

        private SyntaxException bad(String what) {
            return source.error(
                    quoted,
                    what + " is no escape",
                    java.util.List.of("\\n \\r \\t \\\\ \\\" \\x2a \\052 \\u00e4"));
        }
    }
}
