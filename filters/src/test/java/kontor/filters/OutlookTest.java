package kontor.filters;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import kontor.filters.evaluation.Row;
import kontor.filters.evaluation.SessionRow;
import kontor.filters.fields.FieldDeclaration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutlookTest {

    private static final int FILTERS = 3_000;

    private static final Set<String> OF_THE_FLOW =
            Set.of("udp", "udp.port", "udp.srcport", "udp.dstport", "tcp", "tcp.port");

    @Test
    void aFilterThatFindsARowMayFindItWhateverIsKnownOfIt() {
        long seed = Long.getLong("kontor.test.seed", 20261129L);
        Random random = new Random(seed);
        RandomFilters filters = new RandomFilters(random);
        RandomSession session = new RandomSession(random, 20);
        int decided = 0;
        for (int i = 0; i < FILTERS; i++) {
            Filter filter = SampleFields.filter(filters.next());
            int salt = random.nextInt();
            Predicate<FieldDeclaration> isKnown =
                    field -> ((field.name().hashCode() ^ salt) & 1) == 0;
            for (RandomSession.Entry entry : session.entries) {
                Row row =
                        new SessionRow(
                                entry.event(),
                                entry.found().stream().map(RandomSession.Found::facts).toList());
                Row part = field -> isKnown.test(field) ? row.values(field) : List.of();
                boolean mayFind = filter.mayFind(part, isKnown);
                decided += mayFind ? 0 : 1;
                if (filter.test(row)) {
                    assertThat(mayFind).as("seed %d: %s", seed, filter.text()).isTrue();
                }
                assertThat(filter.mayFind(row, _ -> true))
                        .as("seed %d: all is known: %s", seed, filter.text())
                        .isEqualTo(filter.test(row));
            }
        }
        assertThat(decided).as("rows that a part has decided on").isGreaterThan(FILTERS);
    }

    private static boolean mayFind(String filter) {
        return SampleFields.filter(filter)
                .mayFind(PredicateTest.BARE, field -> OF_THE_FLOW.contains(field.name()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "udp.port == 9",
                "tcp",
                "udp.port == 9 and x642.action == 1",
                "x642.action == 1 and not udp",
                "!(udp.dstport == 2351 or x642.action == 1)",
                "(tcp.port == 1 or udp.port == 9) and frame.len > 3"
            })
    void portsAloneMayDecideThatNothingIsFound(String filter) {
        assertThat(mayFind(filter)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x642.action == 1",
                "udp.port == 2350 and x642.action == 1",
                "udp.port == 9 or x642.action == 1",
                "not x642.action == 1",
                "udp.port == 9 xor x642.action == 1"
            })
    void whatAFieldOfAMessageDecidesIsOpen(String filter) {
        assertThat(mayFind(filter)).isTrue();
    }
}
