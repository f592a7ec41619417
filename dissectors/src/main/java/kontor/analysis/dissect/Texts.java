package kontor.analysis.dissect;

import static java.nio.charset.StandardCharsets.UTF_16LE;

import java.nio.charset.Charset;
import kontor.vocabulary.Bytes;

/**
 * Text of the games as text of ours. Whatever the bytes: no control characters and no halves of
 * characters come out, for neither JSON nor the database would take them.
 */
final class Texts {

    /** What a Western game of 1998 writes where it does not write UTF-16. */
    private static final Charset EIGHT_BIT = Charset.forName("windows-1252");

    private static final char REPLACEMENT = '\uFFFD';

    private Texts() {}

    /** The length of wide text with its terminator; without one, all of it. */
    static int wideLength(Bytes bytes) {
        for (int i = 0; i + 1 < bytes.length(); i += 2) {
            if (bytes.unsignedAt(i) == 0 && bytes.unsignedAt(i + 1) == 0) {
                return i + 2;
            }
        }
        return bytes.length();
    }

    /**
     * UTF-16LE up to its zero. Some games put 8-bit text into these fields, with a zero word behind
     * it: Western text in UTF-16 has a zero in every character, so bytes without any are that.
     */
    static String wide(Bytes bytes) {
        Bytes content = bytes;
        int length = wideLength(bytes);
        if (length >= 2 && bytes.unsignedAt(length - 1) == 0 && bytes.unsignedAt(length - 2) == 0) {
            content = bytes.slice(0, length - 2);
        }
        Bytes narrow = withoutLastZero(content);
        if (isPrintable(narrow)) {
            return decode(narrow, EIGHT_BIT);
        }
        return decode(content, UTF_16LE);
    }

    /** 8-bit text up to its zero. */
    static String narrow(Bytes bytes) {
        int length = 0;
        while (length < bytes.length() && bytes.unsignedAt(length) != 0) {
            length++;
        }
        return decode(bytes.slice(0, length), EIGHT_BIT);
    }

    private static Bytes withoutLastZero(Bytes bytes) {
        int last = bytes.length() - 1;
        return last > 0 && bytes.unsignedAt(last) == 0 ? bytes.slice(0, last) : bytes;
    }

    private static boolean isPrintable(Bytes bytes) {
        for (int i = 0; i < bytes.length(); i++) {
            int code = bytes.unsignedAt(i);
            if (code < 0x20 || (code >= 0x7F && code < 0xA0)) {
                return false;
            }
        }
        return !bytes.isEmpty();
    }

    private static String decode(Bytes bytes, Charset charset) {
        String text = new String(bytes.toByteArray(), charset);
        if (isPlain(text)) {
            return text;
        }
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints()
                .map(code -> isShowable(code) ? code : REPLACEMENT)
                .forEach(clean::appendCodePoint);
        return clean.toString();
    }

    /** Whether there is nothing to look at more closely, as in most texts. */
    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char code = text.charAt(i);
            if (code < 0x20 || code >= 0x7F) {
                return false;
            }
        }
        return true;
    }

    private static boolean isShowable(int code) {
        return !Character.isISOControl(code)
                && Character.getType(code) != Character.SURROGATE
                && Character.isDefined(code);
    }
}
