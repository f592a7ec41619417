package kontor.analysis.anno;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import kontor.analysis.analyzer.Completeness;
import kontor.analysis.analyzer.Message;
import kontor.vocabulary.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever is in front of messages, between them, wrong in them or missing: those whose bytes are
 * there are found, and what is between them is reported.
 */
class ResynchronisationTest {

    private final Random random = new Random(Long.getLong("kontor.seed", 1602));

    /** Where the messages come from. */
    enum Source {
        MADE(1),
        /** All positions where the messages are cut; else some, for the sake of time. */
        CAPTURED(7);

        private final int step;

        Source(int step) {
            this.step = step;
        }

        List<Bytes> messages() {
            return this == MADE ? SampleMessages.made() : SampleMessages.captured();
        }
    }

    @ParameterizedTest
    @EnumSource(Source.class)
    void cutAtEveryBytePositionTheMessagesAreTheSame(Source source) {
        List<Bytes> messages = source.messages();
        Bytes joined = Streams.join(messages);
        for (int cut = 0; cut <= joined.length(); cut++) {
            Streams stream = new Streams().write(joined.slice(0, cut)).write(joined.from(cut));
            assertThat(stream.end().whole()).as("cut at %d", cut).isEqualTo(messages);
        }
        Streams glued = new Streams().write(joined).end();
        assertThat(glued.whole()).isEqualTo(messages);
        assertThat(glued.skipped()).isEmpty();
    }

    @Test
    void aMessageComesOutWithItsLastByte() {
        List<Bytes> messages = SampleMessages.made();
        Streams stream = new Streams();
        for (int i = 0; i < messages.size(); i++) {
            stream.write(messages.get(i));
            assertThat(stream.messages()).hasSize(i + 1);
        }
    }

    @ParameterizedTest
    @EnumSource(Source.class)
    void upTo64JunkBytesInFrontAreSkippedWhereverTheStreamIsCut(Source source) {
        List<Bytes> messages = source.messages();
        for (int length = 1; length <= 64; length++) {
            Bytes junk = Streams.junk(random, length);
            Bytes joined = junk.plus(Streams.join(messages));
            for (int cut = 0; cut <= length + 60; cut += source.step) {
                Streams stream = new Streams().write(joined.slice(0, cut)).write(joined.from(cut));
                assertThat(stream.end().whole())
                        .as("%s in front, cut at %d", junk.toHex(), cut)
                        .isEqualTo(messages);
                assertThat(stream.skipped()).containsExactly(junk);
            }
        }
    }

    @Test
    void theSkippedRangeIsAnItemOfItsOwnThatSaysWhy() {
        Bytes junk = Bytes.ofHex("01020304050607");
        Streams stream = new Streams().write(junk.plus(SampleMessages.made().getFirst())).end();
        Message skipped = stream.messages().getFirst();
        assertThat(skipped.protocol()).isEqualTo("data");
        assertThat(skipped.summary()).isEqualTo("SKIPPED 7 bytes");
        assertThat(skipped.completeness()).isEqualTo(Completeness.UNKNOWN);
        assertThat(skipped.problem()).hasValue("0x040 is no DirectPlay token");
        assertThat(stream.messages().getLast().type()).isEqualTo("REQUESTPLAYERID");
    }

    @ParameterizedTest
    @EnumSource(Source.class)
    void junkBetweenMessagesIsSkipped(Source source) {
        List<Bytes> messages = source.messages();
        List<Bytes> junk = new ArrayList<>();
        Bytes joined = Bytes.empty();
        for (Bytes message : messages) {
            junk.add(Streams.junk(random, 1 + random.nextInt(64)));
            joined = joined.plus(junk.getLast()).plus(message);
        }
        for (int cut = 0; cut < joined.length(); cut += source.step) {
            Streams stream = new Streams().write(joined.slice(0, cut)).write(joined.from(cut));
            assertThat(stream.end().whole()).as("cut at %d", cut).isEqualTo(messages);
            assertThat(stream.skipped()).isEqualTo(junk);
        }
    }

    @ParameterizedTest
    @EnumSource(Source.class)
    void aSizeThatIsTooLargeCostsNoOtherMessage(Source source) {
        List<Bytes> messages = source.messages();
        for (int wrong = 0; wrong < messages.size() - 1; wrong++) {
            for (int more : new int[] {1, 10, 25, 48, 100, 5000, 500_000}) {
                List<Bytes> sent = new ArrayList<>(messages);
                Bytes message = messages.get(wrong);
                sent.set(wrong, SampleMessages.withSize(message, message.length() + more));
                List<Bytes> others = new ArrayList<>(messages);
                others.remove(wrong);
                Streams glued = new Streams().write(Streams.join(sent)).end();
                Streams apart = new Streams().writeAll(sent).end();
                for (Streams stream : List.of(glued, apart)) {
                    assertThat(stream.whole())
                            .as("message %d is %d too large", wrong, more)
                            .isEqualTo(others);
                    assertThat(stream.found())
                            .filteredOn(m -> m.completeness() == Completeness.MALFORMED)
                            .extracting(Streams.Found::bytes)
                            .containsExactly(sent.get(wrong));
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Source.class)
    void aSizeThatIs10TooLargeCostsNoOtherMessageWhereverTheStreamIsCut(Source source) {
        List<Bytes> messages = source.messages();
        Bytes first = messages.getFirst();
        List<Bytes> sent = new ArrayList<>(messages);
        sent.set(0, SampleMessages.withSize(first, first.length() + 10));
        Bytes joined = Streams.join(sent);
        for (int cut = 0; cut < first.length() + 100; cut++) {
            Streams stream = new Streams().write(joined.slice(0, cut)).write(joined.from(cut));
            assertThat(stream.end().whole())
                    .as("cut at %d", cut)
                    .isEqualTo(messages.subList(1, messages.size()));
            assertThat(stream.messages().getFirst().problem())
                    .hasValue(
                            "its size is %d bytes, but the next message begins after %d"
                                    .formatted(first.length() + 10, first.length()));
        }
    }

    @ParameterizedTest
    @EnumSource(Source.class)
    void aSizeThatIsTooSmallCostsNoOtherMessage(Source source) {
        List<Bytes> messages = source.messages();
        for (int wrong = 0; wrong < messages.size(); wrong++) {
            Bytes message = messages.get(wrong);
            for (int size = 0; size < message.length(); size++) {
                List<Bytes> sent = new ArrayList<>(messages);
                sent.set(wrong, SampleMessages.withSize(message, size));
                List<Bytes> others = new ArrayList<>(messages);
                others.remove(wrong);
                Streams stream = new Streams().write(Streams.join(sent)).end();
                assertThat(stream.whole())
                        .as("message %d states %d of %d bytes", wrong, size, message.length())
                        .containsSubsequence(others);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Source.class)
    void aMissingSegmentCostsOnlyTheMessagesInIt(Source source) {
        List<Bytes> messages = source.messages();
        Bytes joined = Streams.join(messages);
        for (int length : new int[] {1, 30, 100}) {
            for (int from = 0; from + length < joined.length(); from += source.step) {
                int to = from + length;
                Streams stream = new Streams();
                stream.write(joined.slice(0, from)).lose(length).write(joined.from(to)).end();
                assertThat(stream.whole())
                        .as("bytes %d to %d are missing", from, to)
                        .isEqualTo(outside(messages, from, to));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Source.class)
    void aSessionThatBeginsInTheMiddleFindsTheNextMessage(Source source) {
        List<Bytes> messages = source.messages();
        Bytes joined = Streams.join(messages);
        for (int from = 1; from < joined.length(); from++) {
            Streams stream = new Streams(from, List.of()).write(joined.from(from)).end();
            assertThat(stream.whole()).as("from %d on", from).isEqualTo(outside(messages, 0, from));
        }
    }

    @ParameterizedTest
    @EnumSource(Source.class)
    void aSessionGoesOnAtTheBoundaryThatTheOneBeforeKnew(Source source) {
        List<Bytes> messages = source.messages();
        Bytes joined = Streams.join(messages);
        for (int cut = 0; cut <= joined.length(); cut++) {
            Streams first = new Streams().write(joined.slice(0, cut)).endSession();
            Streams second = new Streams(cut, first.boundaries()).write(joined.from(cut));
            List<Bytes> whole = new ArrayList<>(first.whole());
            whole.addAll(second.endSession().whole());
            assertThat(whole).as("cut at %d", cut).isEqualTo(outside(messages, cut, cut));
        }
    }

    @Test
    void aBoundaryIsHandedOnOverSessionsThatSayLittle() {
        // A player message whose content nobody knows: only its boundary can be known.
        Bytes unknown = SampleMessages.player("1e2849031d284903" + "ab".repeat(100));
        Bytes next = SampleMessages.player("1e2849031d284903" + "cd".repeat(10));
        Bytes joined = unknown.plus(next);
        for (int cut = 1; cut < unknown.length() - 2; cut++) {
            Streams first = new Streams().write(joined.slice(0, cut)).endSession();
            Streams second = new Streams(cut, first.boundaries());
            second.write(joined.slice(cut, 1)).endSession();
            Streams silent = new Streams(0, second.boundaries()).endSession();
            Streams third = new Streams(cut + 1, silent.boundaries());
            third.write(joined.from(cut + 1)).endSession();
            assertThat(third.whole()).as("cut at %d", cut).containsExactly(next);
            assertThat(third.skipped())
                    .containsExactly(joined.slice(cut + 1, unknown.length() - cut - 1));
        }
    }

    @Test
    void aStreamThatBeginsWithSomethingElseComesBack() {
        List<Bytes> messages = SampleMessages.made();
        Bytes other = Streams.junk(random, 10_000);
        Streams soon = new Streams().write(other).writeAll(messages).end();
        assertThat(soon.whole()).isEqualTo(messages);
        assertThat(soon.skipped()).containsExactly(other);
        // Behind the bound only the beginnings of events are tried.
        Streams late =
                new Streams().write(other).write(other).write(other).writeAll(messages).end();
        assertThat(late.whole()).isEqualTo(messages);
        assertThat(late.found()).extracting(Streams.Found::type).contains("STREAM");
    }

    @Test
    void aMessageThatIsLongerThanIsHeldIsSkippedToItsEnd() {
        Bytes next = SampleMessages.player("1e2849031d284903" + "cd".repeat(10));
        Limits small = new Limits(1000, 4096, 500, 4000);
        Bytes large = SampleMessages.player("1e2849031d284903" + "ab".repeat(3000));
        List<Message> found = new ArrayList<>();
        var session = new AnnoAnalyzer("test", small).open(List.of());
        Bytes joined = large.plus(next);
        for (int at = 0; at < joined.length(); at += 100) {
            Bytes event = joined.slice(at, Math.min(100, joined.length() - at));
            found.addAll(session.on(AnnoSessionTest.data(1 + at / 100, at, event)));
        }
        assertThat(found.getLast().type()).isEqualTo("PLAYERMESSAGE");
        assertThat(found.getLast().completeness()).isEqualTo(Completeness.WHOLE);
        assertThat(found.stream().mapToInt(Message::length).sum()).isEqualTo(joined.length());
    }

    @Test
    void aMessageWithinAFragmentIsNoReasonToCutTheFragment() {
        Bytes inner = SampleMessages.made().getFirst();
        String words = "01000000" + "%02x000000".formatted(inner.length()) + "00000000";
        String fragment = "00".repeat(16) + words + "02000000" + "ff000000" + "30000000";
        Bytes outer = SampleMessages.system("15", fragment + inner.toHex());
        Bytes joined = outer.plus(inner);
        for (int cut = 0; cut <= joined.length(); cut++) {
            Streams stream = new Streams().write(joined.slice(0, cut)).write(joined.from(cut));
            assertThat(stream.end().whole()).containsExactly(outer, inner);
        }
    }

    @ParameterizedTest
    @EnumSource(Source.class)
    void aRemnantSaysNothingThatItsBytesDoNotSay(Source source) {
        for (Bytes message : source.messages()) {
            Message whole = new Streams().write(message).end().messages().getFirst();
            for (int there = 28; there < message.length(); there++) {
                Streams stream = new Streams().write(message.slice(0, there)).end();
                assertThat(stream.messages()).hasSize(1);
                Message begun = stream.messages().getFirst();
                assertThat(begun.completeness()).isEqualTo(Completeness.TRUNCATED);
                if (!begun.type().equals("PLAYERMESSAGE")) {
                    // A name may be cut off.
                    for (String word :
                            begun.summary().replaceAll("\"[^\"]*\"", "").strip().split(" +", -1)) {
                        assertThat(whole.summary().split(" ", -1)).contains(word);
                    }
                }
                assertThat(Remnants.inventedFields(begun, whole)).isEmpty();
            }
        }
    }

    @Test
    void theRemnantOfASessionDescriptionHasNoPlayers() {
        Bytes reply =
                SampleMessages.system(
                        "01", "50000000" + "44000000" + "11".repeat(72) + "5c000000" + "41000000");
        Message begun = new Streams().write(reply.slice(0, 50)).end().messages().getFirst();
        assertThat(begun.type()).isEqualTo("ENUMSESSIONSREPLY");
        assertThat(begun.summary()).isEqualTo("ENUMSESSIONSREPLY");
        assertThat(begun.fields().stream().flatMap(f -> f.flatten()))
                .noneMatch(field -> field.display().contains("0/0"));
    }

    /** Messages none of whose bytes are from {@code from} to {@code to}, nor around a cut. */
    private static List<Bytes> outside(List<Bytes> messages, int from, int to) {
        List<Bytes> outside = new ArrayList<>();
        int at = 0;
        for (Bytes message : messages) {
            int end = at + message.length();
            if (end <= from || at >= to) {
                outside.add(message);
            }
            at = end;
        }
        return outside;
    }

    @Test
    void whatIsHeldWhileSearchingIsBounded() {
        Streams stream = new Streams();
        // Headers of player messages that nothing confirms.
        Bytes header = SampleMessages.withSize(SampleMessages.player("11".repeat(8)), 16_000);
        IntStream.range(0, 3000).forEach(_ -> stream.write(header.plus(Bytes.ofHex("0102"))));
        int out = stream.messages().stream().mapToInt(Message::length).sum();
        assertThat(3000 * 30 - out).isLessThan(40_000);
        stream.end();
    }
}
