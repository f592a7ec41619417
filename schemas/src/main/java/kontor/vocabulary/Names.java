package kontor.vocabulary;

import java.util.regex.Pattern;

/** What labs and instances may be called. */
final class Names {

    /** No dot and no underscore: names become parts of topic names, and metrics confuse the two. */
    private static final Pattern FORM = Pattern.compile("[a-z][a-z0-9-]{0,62}");

    private Names() {}

    static void require(String what, String name) {
        if (!FORM.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "'%s' is no name for %s: allowed are lower-case letters, digits and hyphens, a letter first, 63 at most"
                            .formatted(name, what));
        }
    }
}
