package kontor.gateway.http;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads and writes the parameters by which lists are paged. */
public final class Paging {

    static final int DEFAULT_LIMIT = 100;
    static final int MOST = 1000;

    private static final String OPAQUE = "what the page before gave as 'next'";

    private Paging() {}

    public static int limit(@Nullable Integer given) {
        if (given == null) {
            return DEFAULT_LIMIT;
        }
        if (given < 1 || given > MOST) {
            throw ProblemException.badParameter("limit", given.toString(), "1 to " + MOST);
        }
        return given;
    }

    public static long sequence(String parameter, @Nullable Long given, long otherwise) {
        if (given == null) {
            return otherwise;
        }
        if (given < 0) {
            throw ProblemException.badParameter(parameter, given.toString(), "0 or more");
        }
        return given;
    }

    /** Where a page is full there may be another. */
    public static <T, C> @Nullable C next(List<T> page, int limit, Function<T, C> cursor) {
        return page.size() < limit ? null : cursor.apply(page.getLast());
    }

    /** An opaque cursor that says this. */
    public static String encode(String plain) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(plain.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Reads an opaque cursor back.
     *
     * @param parts how many words it says
     * @throws ProblemException if it is none of this list
     */
    public static <C> C decode(String text, int parts, Function<String[], C> reader) {
        try {
            String plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
            String[] split = plain.split(" ", parts);
            if (split.length == parts) {
                return reader.apply(split);
            }
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw ProblemException.badCursor("cursor", text, OPAQUE);
        }
        throw ProblemException.badCursor("cursor", text, OPAQUE);
    }
}
