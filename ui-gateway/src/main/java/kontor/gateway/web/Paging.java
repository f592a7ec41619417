package kontor.gateway.web;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import kontor.gateway.archive.MessageArchive.MessageCursor;
import kontor.gateway.archive.SessionArchive.SessionCursor;
import org.jspecify.annotations.Nullable;

/** Reads and makes the parameters by which lists are paged. */
final class Paging {

    static final int DEFAULT_LIMIT = 100;
    static final int MOST = 1000;

    private static final String OPAQUE = "what the page before gave as 'next'";

    private Paging() {}

    static int limit(@Nullable Integer given) {
        if (given == null) {
            return DEFAULT_LIMIT;
        }
        if (given < 1 || given > MOST) {
            throw ProblemException.badParameter("limit", given.toString(), "1 to " + MOST);
        }
        return given;
    }

    static long sequence(String parameter, @Nullable Long given, long otherwise) {
        if (given == null) {
            return otherwise;
        }
        if (given < 0) {
            throw ProblemException.badParameter(parameter, given.toString(), "0 or more");
        }
        return given;
    }

    /** Where a page is full there may be another. */
    static <T, C> @Nullable C next(List<T> page, int limit, Function<T, C> cursor) {
        return page.size() < limit ? null : cursor.apply(page.getLast());
    }

    static @Nullable SessionCursor sessionCursor(@Nullable String text) {
        return text == null
                ? null
                : decode(
                        text,
                        2,
                        parts ->
                                new SessionCursor(
                                        Instant.EPOCH.plus(
                                                Long.parseLong(parts[0]), ChronoUnit.MICROS),
                                        UUID.fromString(parts[1])));
    }

    static String text(SessionCursor cursor) {
        return encode(
                ChronoUnit.MICROS.between(Instant.EPOCH, cursor.startedAt()) + " " + cursor.id());
    }

    static MessageCursor messageCursor(@Nullable String text) {
        return text == null
                ? MessageCursor.BEGINNING
                : decode(
                        text,
                        3,
                        parts ->
                                new MessageCursor(
                                        Long.parseLong(parts[0]),
                                        Integer.parseInt(parts[1]),
                                        parts[2]));
    }

    static String text(MessageCursor cursor) {
        return encode(cursor.sequence() + " " + cursor.index() + " " + cursor.analyzer());
    }

    private static String encode(String plain) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(plain.getBytes(StandardCharsets.UTF_8));
    }

    private static <C> C decode(String text, int parts, Function<String[], C> reader) {
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
