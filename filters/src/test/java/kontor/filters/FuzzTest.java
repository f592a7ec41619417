package kontor.filters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.Random;
import kontor.filters.syntax.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Mutated and random texts: nothing but a filter or problems inside of the text, and soon. */
class FuzzTest {

    private static final int CASES = 40_000;
    private static final String PIECES =
            "()[]{}!&|=<>~\"'\\.,:-+/ 0123456789abcdefx_\n\u0000\u00e4\uD83D\uDE00\uFFFF";

    @Test
    @Timeout(120)
    void survivesMutatedFilters() {
        long seed = Long.getLong("kontor.test.seed", 20261128L);
        Random random = new Random(seed);
        RandomFilters filters = new RandomFilters(random);
        for (int i = 0; i < CASES; i++) {
            String text = mutated(filters.next(), random);
            try {
                probe(text, random.nextInt(text.length() + 1));
            } catch (RuntimeException | StackOverflowError e) {
                fail("seed " + seed + ", case " + i + ": " + text, e);
            }
        }
    }

    private static String mutated(String text, Random random) {
        StringBuilder changed = new StringBuilder(text);
        for (int n = random.nextInt(5); n > 0; n--) {
            int at = random.nextInt(changed.length() + 1);
            switch (random.nextInt(4)) {
                case 0 -> changed.insert(at, PIECES.charAt(random.nextInt(PIECES.length())));
                case 1 ->
                        changed.delete(at, Math.min(changed.length(), at + 1 + random.nextInt(4)));
                case 2 -> changed.insert(at, changed.substring(at));
                default -> changed.setLength(at);
            }
        }
        return changed.toString();
    }

    private static void probe(String text, int caret) {
        switch (SampleFields.LANGUAGE.compile(text)) {
            case Compilation.Compiled(Filter filter) ->
                    assertThat(filter.sql(kontor.filters.sql.StoredRows.EVENTS)).isNotNull();
            case Compilation.Refused(var problems) -> {
                assertThat(problems).isNotEmpty();
                for (Problem problem : problems) {
                    assertThat(problem.offset()).isBetween(0, text.length());
                    assertThat(problem.end()).isBetween(problem.offset(), text.length());
                }
            }
        }
        SampleFields.LANGUAGE.check(text, caret);
        SampleFields.LANGUAGE.complete(text, caret);
    }

    @Test
    @Timeout(60)
    void boundsDepthAndLength() {
        for (String piece :
                new String[] {"(", "!", "not ", "{", "[", "\"", "lower(", "udp||", "a"}) {
            probe(piece.repeat(100_000 / piece.length()), 50_000);
            probe(piece.repeat(4000 / piece.length()), 3000);
        }
        probe("(".repeat(64) + "udp" + ")".repeat(64), 10);
        probe("payload matches \"" + "(a*)*".repeat(600) + "b\"", 10);
    }

    @Test
    @Timeout(20)
    void matchesInLinearTime() {
        Filter filter = SampleFields.filter("payload matches \"^(a+)+$\"");
        byte[] evil =
                "a".repeat(65_000).concat("!").getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        assertThat(
                        filter.test(field ->
                                java.util.List.of(kontor.filters.expression.Value.Octets.of(evil))))
                .isFalse();
    }
}
