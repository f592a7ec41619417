package kontor.gateway.finding;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kontor.gateway.finding.FoundSeries.Place;
import kontor.gateway.sampling.Sample;
import kontor.gateway.sampling.SampledMessage;
import kontor.gateway.sampling.SampledMessage.Kind;
import kontor.gateway.sampling.Word;
import kontor.vocabulary.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * Looks for places whose numbers changed as a series does: what the player saw on his screen, one
 * after the other. A number that is sent again is no change. What is kept has a bound. Not
 * thread-safe.
 */
final class SeriesSearch {

    /** Places that are watched; messages beyond have theirs left out. */
    static final int MOST_PLACES = 50_000;

    static final int MOST_VALUES = 32;
    static final int LEAST_VALUES = 2;
    private static final int MOST_FOUND = 200;

    /** The words of bytes up to here; a message's further bytes are not watched. */
    static final int MOST_BYTES = 256;

    private static final List<Word> WORDS = words();

    private final long[] wanted;
    private final boolean wantsSigned;
    private final Map<Kind, @Nullable Watched[]> kinds = new HashMap<>();
    private int places;
    private boolean overfull;

    /**
     * @param values 2 to 32, of which no two neighbours are equal
     */
    SeriesSearch(List<Long> values) {
        this.wanted = values.stream().mapToLong(Long::longValue).toArray();
        this.wantsSigned = values.stream().anyMatch(value -> value < 0);
    }

    private static List<Word> words() {
        List<Word> words = new ArrayList<>();
        for (int offset = 0; offset < MOST_BYTES; offset++) {
            for (int width = 1; width <= Integer.BYTES; width *= 2) {
                words.add(new Word(offset, width, true));
                if (width > 1) {
                    words.add(new Word(offset, width, false));
                }
            }
        }
        return List.copyOf(words);
    }

    void add(SampledMessage message) {
        Bytes content = message.content();
        @Nullable Watched[] watched = kinds.get(message.kind());
        if (watched == null) {
            if (places >= MOST_PLACES) {
                overfull = true;
                return;
            }
            watched = new Watched[WORDS.size()];
            kinds.put(message.kind(), watched);
        }
        for (int i = 0; i < WORDS.size() && WORDS.get(i).offset() < content.length(); i++) {
            Word word = WORDS.get(i);
            if (word.isIn(content)) {
                @Nullable Watched place = placeAt(watched, i);
                if (place != null) {
                    long number = word.in(content);
                    place.on(wantsSigned ? word.signed(number) : number, message.sequence());
                }
            }
        }
    }

    private @Nullable Watched placeAt(@Nullable Watched[] watched, int index) {
        @Nullable Watched place = watched[index];
        if (place == null) {
            if (places >= MOST_PLACES) {
                overfull = true;
                return null;
            }
            place = new Watched(wanted);
            watched[index] = place;
            places++;
        }
        return place;
    }

    FoundSeries result(Sample sample) {
        record Ranked(Place place, Match match) {}

        List<Ranked> found = new ArrayList<>();
        kinds.forEach((kind, watched) -> {
            for (int i = 0; i < watched.length; i++) {
                @Nullable Watched place = watched[i];
                if (place != null && place.best().isPresent()) {
                    Match match = place.best().get();
                    found.add(new Ranked(place(kind, WORDS.get(i), place, match), match));
                }
            }
        });
        found.sort(
                Comparator.comparing((Ranked one) -> one.match.how())
                        .thenComparingLong(one -> Math.abs(one.match.factor()))
                        .thenComparingInt(one -> -one.place.width())
                        .thenComparingInt(one -> one.place.order().equals("little") ? 0 : 1)
                        .thenComparingInt(one -> one.place.offset()));
        return new FoundSeries(
                sample,
                Arrays.stream(wanted).boxed().toList(),
                found.stream().limit(MOST_FOUND).map(Ranked::place).toList(),
                overfull);
    }

    private static Place place(Kind kind, Word word, Watched watched, Match match) {
        return new Place(
                kind.protocol(),
                kind.type(),
                kind.from(),
                word.offset(),
                word.width(),
                word.order(),
                match.how().word,
                match.factor(),
                match.difference(),
                match.first(),
                match.last(),
                watched.changes());
    }

    /** How a place's numbers follow the series; the best first. */
    enum How {
        EQUAL("equal"),
        SCALED("scaled"),
        SHIFTED("shifted"),
        IN_ORDER("inOrder");

        final String word;

        How(String word) {
            this.word = word;
        }
    }

    /** That they did, and where. */
    record Match(How how, long factor, long difference, long first, long last) {

        boolean isBetterThan(Optional<Match> other) {
            return other.isEmpty() || how.compareTo(other.get().how) < 0;
        }
    }
}
