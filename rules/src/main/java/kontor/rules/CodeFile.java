package kontor.rules;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A rule in Java as a text. It begins with a comment that has the keys of a rule in YAML, but for
 * {@code do}: what it concerns is read without the compiler.
 */
final class CodeFile {

    private static final String SUFFIX = ".java";
    private static final int MOST_CHARACTERS = 256 * 1024;
    private static final Pattern NAME = Pattern.compile("([A-Z][A-Za-z0-9_]{0,63})\\.java");
    private static final Pattern COMMENT = Pattern.compile("\\s*/\\*(.*?)\\*/", Pattern.DOTALL);
    private static final Pattern STARS = Pattern.compile("(?m)^([ \\t]*)\\*+(?=[ \\t\\r\\n]|$)");
    private static final Pattern FIRST_STARS = Pattern.compile("^\\*+");

    private CodeFile() {}

    /** Whether a file is to be a rule in Java, by its name. */
    static boolean isCode(String file) {
        return file.endsWith(SUFFIX);
    }

    /** What is wrong with a file that cannot hold a class at all; null: nothing. */
    static @Nullable String problem(RuleFile file) {
        return NAME.matcher(file.name()).matches() && file.text().length() <= MOST_CHARACTERS
                ? null
                : "a rule in Java is a file of at most 256 KiB, named after its class:"
                        + " HalfPrice.java";
    }

    /** Of a file with which nothing of that kind is wrong. */
    static String className(RuleFile file) {
        return file.name().substring(0, file.name().length() - SUFFIX.length());
    }

    /**
     * Returns the YAML of the comment at the beginning, each character at its line and column of
     * the file; null where there is no such comment.
     */
    static @Nullable String keys(RuleFile file) {
        Matcher comment = COMMENT.matcher(file.text());
        if (!comment.lookingAt()) {
            return null;
        }
        String before = file.text().substring(0, comment.start(1));
        String keys = blank(FIRST_STARS.matcher(comment.group(1)));
        return before.replace('/', ' ').replace('*', ' ') + blank(STARS.matcher(keys));
    }

    /** Stars that only draw a border become spaces. */
    private static String blank(Matcher stars) {
        return stars.replaceAll(found -> found.group().replace('*', ' '));
    }
}
