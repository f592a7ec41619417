package kontor.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The contract of fence and order: small logs of one partition and one session, and what every
 * reader has to make of them.
 *
 * <p>A line of a log is {@code claim <epoch>}, {@code lab <epoch>} for a record without session, or
 * {@code <epoch> <sequence>} for a session event.
 */
class OneReadingTest {

    private static final String COUNTS = "counts";
    private static final String VOID = "void";
    private static final String UNCLAIMED = "counts, unclaimed";
    private static final String REPEATED = "repeated";
    private static final String GAP = "counts, after a gap";

    static Stream<Arguments> logs() {
        return Stream.of(
                log(
                        "a claim makes void what an older owner writes behind it",
                        0,
                        List.of("claim 1", "1 1", "1 2", "claim 2", "1 3", "2 3", "lab 1", "lab 2"),
                        List.of(COUNTS, COUNTS, COUNTS, COUNTS, VOID, COUNTS, VOID, COUNTS)),
                log(
                        "a claim of an older epoch is void as well",
                        0,
                        List.of("claim 2", "claim 1", "1 1", "2 1"),
                        List.of(COUNTS, VOID, VOID, COUNTS)),
                log(
                        "of two claims of one epoch the first counts",
                        0,
                        List.of("claim 1", "claim 2", "claim 2", "2 1"),
                        List.of(COUNTS, COUNTS, VOID, COUNTS)),
                log(
                        "a higher epoch fences without its claim, and casts doubt on what was read",
                        0,
                        List.of("claim 1", "1 1", "3 2", "1 3", "2 3", "claim 2", "3 3"),
                        List.of(COUNTS, COUNTS, UNCLAIMED, VOID, VOID, VOID, COUNTS)),
                log(
                        "a record without session fences like any other",
                        0,
                        List.of("claim 1", "lab 3", "1 1", "3 1"),
                        List.of(COUNTS, UNCLAIMED, VOID, COUNTS)),
                log(
                        "a claim of the epoch that was read already is not another owner's",
                        0,
                        List.of("claim 1", "3 1", "claim 3", "3 2"),
                        List.of(COUNTS, UNCLAIMED, VOID, COUNTS)),
                log(
                        "a late zombie behind retention is void where the claim was deleted",
                        0,
                        List.of("5 8", "4 9", "5 9", "claim 6", "5 10", "6 10"),
                        List.of(GAP, VOID, COUNTS, COUNTS, VOID, COUNTS)),
                log(
                        "a zombie that retention left in front is only seen through afterwards",
                        0,
                        List.of("4 8", "5 8", "4 9", "5 9"),
                        List.of(GAP, UNCLAIMED + " " + REPEATED, VOID, COUNTS)),
                log(
                        "a reader that goes on knows what was claimed before",
                        5,
                        List.of("4 1", "5 1", "claim 5", "claim 6", "5 2", "6 2"),
                        List.of(VOID, COUNTS, VOID, COUNTS, VOID, COUNTS)),
                log(
                        "a reader that goes on and misses a claim doubts what it had",
                        3,
                        List.of("3 1", "5 2", "3 3"),
                        List.of(COUNTS, UNCLAIMED, VOID)),
                log(
                        "a repeat changes nothing, also if another owner sent it",
                        0,
                        List.of("claim 1", "1 1", "1 2", "1 1", "1 2", "claim 2", "2 2", "2 3"),
                        List.of(
                                COUNTS, COUNTS, COUNTS, REPEATED, REPEATED, COUNTS, REPEATED,
                                COUNTS)),
                log(
                        "a gap is reported and reading goes on",
                        0,
                        List.of("claim 1", "1 1", "1 4", "1 2", "1 5"),
                        List.of(COUNTS, COUNTS, GAP, REPEATED, COUNTS)),
                log(
                        "what is void is not read: neither repeat nor gap comes of it",
                        0,
                        List.of("claim 1", "1 1", "claim 2", "1 2", "1 9", "2 2"),
                        List.of(COUNTS, COUNTS, COUNTS, VOID, VOID, COUNTS)));
    }

    private static Arguments log(
            String what, long epochBefore, List<String> records, List<String> expected) {
        return Arguments.of(what, epochBefore, records, expected);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("logs")
    void everyRecordHasOneStanding(
            String what, long epochBefore, List<String> records, List<String> expected) {
        OwnerFence fence = new OwnerFence(epochBefore);
        long last = 0;
        List<String> read = new ArrayList<>();
        for (String line : records) {
            String[] words = line.split(" ", -1);
            boolean claim = words[0].equals("claim");
            boolean ofSession = !claim && !words[0].equals("lab");
            long epoch = Long.parseLong(ofSession ? words[0] : words[1]);
            OwnerFence.Standing standing = fence.on(epoch, claim);
            String reading =
                    switch (standing) {
                        case VOID -> VOID;
                        case CURRENT -> COUNTS;
                        case UNCLAIMED -> UNCLAIMED;
                    };
            if (ofSession && standing != OwnerFence.Standing.VOID) {
                long sequence = Long.parseLong(words[1]);
                boolean doubtful = standing == OwnerFence.Standing.UNCLAIMED;
                reading =
                        switch (SessionOrder.of(last, sequence)) {
                            case NEXT -> reading;
                            case REPEATED -> doubtful ? UNCLAIMED + " " + REPEATED : REPEATED;
                            case AFTER_GAP -> GAP;
                        };
                last = Math.max(last, sequence);
            }
            read.add(reading);
        }
        assertThat(read).as(what).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("logs")
    void aReaderThatStopsAnywhereGoesOnAlike(
            String what, long epochBefore, List<String> records, List<String> expected) {
        OwnerFence whole = new OwnerFence(epochBefore);
        OwnerFence restarted = new OwnerFence(epochBefore);
        for (String line : records) {
            String[] words = line.split(" ", -1);
            boolean claim = words[0].equals("claim");
            boolean named = claim || words[0].equals("lab");
            long epoch = Long.parseLong(named ? words[1] : words[0]);
            assertThat(restarted.on(epoch, claim))
                    .as("%s, at %s of %s", what, line, expected)
                    .isEqualTo(whole.on(epoch, claim));
            restarted = new OwnerFence(restarted.epoch());
        }
    }
}
