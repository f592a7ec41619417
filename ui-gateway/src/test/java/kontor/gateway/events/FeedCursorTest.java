package kontor.gateway.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FeedCursorTest {

    private static final UUID SESSION = UUID.fromString("0190f3c2-7a11-7c53-9e1a-3f1f5a2b6c4d");

    @Test
    void isTheSameAfterItsText() {
        List<FeedCursor> cursors =
                List.of(
                        FeedCursor.at(SESSION, 42),
                        FeedCursor.at(SESSION, 42).afterEvent(43),
                        FeedCursor.at(SESSION, 42).afterEvent(43).afterResult(43, "dplay"),
                        FeedCursor.at(SESSION, 42)
                                .afterEvent(43)
                                .afterResult(43, "dplay")
                                .afterResult(43, "x642"),
                        FeedCursor.of(SESSION, 9, 7, List.of("b", "a")));

        for (FeedCursor cursor : cursors) {
            assertThat(FeedCursor.parse(cursor.toString())).hasValue(cursor);
        }
    }

    @Test
    void beginsWithSessionAndSequence() {
        assertThat(FeedCursor.at(SESSION, 42).afterEvent(43).toString())
                .startsWith(SESSION + ":43:42");
    }

    @Test
    void readsSessionAndSequenceAloneAsBehindTheResultsToo() {
        FeedCursor cursor = FeedCursor.parse(SESSION + ":42").orElseThrow();

        assertThat(cursor.hasHad(42, "dplay")).isTrue();
        assertThat(cursor.hasHad(43, "dplay")).isFalse();
    }

    @Test
    void tellsAnalyzersOfOneEventApart() {
        FeedCursor cursor = FeedCursor.at(SESSION, 1).afterEvent(2).afterResult(2, "dplay");

        assertThat(cursor.hasHad(2, "dplay")).isTrue();
        assertThat(cursor.hasHad(2, "x642")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "42",
                "x:1",
                "0190f3c2-7a11-7c53-9e1a-3f1f5a2b6c4d",
                "0190f3c2-7a11-7c53-9e1a-3f1f5a2b6c4d:-1",
                "0190f3c2-7a11-7c53-9e1a-3f1f5a2b6c4d:1:2:3",
                "0190f3c2-7a11-7c53-9e1a-3f1f5a2b6c4d:99999999999999999999",
                "------------------------------------:1"
            })
    void isNothingElse(String text) {
        assertThat(FeedCursor.parse(text)).isEmpty();
    }
}
