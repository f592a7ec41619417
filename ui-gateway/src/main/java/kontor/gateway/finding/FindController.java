package kontor.gateway.finding;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kontor.gateway.filtering.FilterParameter;
import kontor.gateway.finding.BitSearch.Stretch;
import kontor.gateway.http.ProblemException;
import kontor.gateway.sampling.SampleArchive;
import kontor.gateway.sampling.Selection;
import kontor.gateway.sampling.Selections;
import kontor.gateway.sampling.Selections.Bounds;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Where something stands in the bytes of a session. */
@RestController
@RequestMapping("/api/sessions/{id}/find")
@Tag(name = "finding")
class FindController {

    private static final Bounds VALUE = new Bounds(100_000, 1_000_000, 4096);
    private static final Bounds SERIES = new Bounds(20_000, 200_000, SeriesSearch.MOST_BYTES);
    private static final Bounds BITS = new Bounds(100_000, 1_000_000, 512);

    private static final String LIMIT =
            "messages that are looked at, 1 to 1000000; 100000 if left out";

    private static final Pattern STRETCH = Pattern.compile("([0-9]{1,18})-([0-9]{1,18})");

    private final Selections selections;
    private final SampleArchive samples;

    FindController(Selections selections, SampleArchive samples) {
        this.selections = selections;
        this.samples = samples;
    }

    @GetMapping("/value")
    @Operation(
            summary = "Where a number stands, in any width and byte order",
            description =
                    "In the first 4096 bytes of each message. Of places that have zeros around the"
                            + " number the widest is found.")
    FoundValue value(
            @PathVariable UUID id,
            @Parameter(description = "decimal or 0x...; may be negative", example = "9297")
                    @RequestParam
                    String value,
            @Parameter(description = "least bytes that the number stands in: 1, 2, 4 or 8")
                    @RequestParam(required = false)
                    @Nullable Integer width,
            @Parameter(description = FilterParameter.DESCRIPTION) @RequestParam(required = false)
                    @Nullable String filter,
            @Parameter(description = Selections.AFTER) @RequestParam(required = false)
                    @Nullable Long after,
            @Parameter(description = Selections.BEFORE) @RequestParam(required = false)
                    @Nullable Long before,
            @Parameter(description = LIMIT) @RequestParam(required = false)
                    @Nullable Integer limit) {
        long wanted = number("value", value);
        int least = width == null ? 1 : width;
        if (least < 1 || least > Long.BYTES || Integer.bitCount(least) != 1) {
            throw ProblemException.badParameter("width", Integer.toString(least), "1, 2, 4, 8");
        }
        Selection selection = selections.read(id, filter, after, before, limit, VALUE);
        ValueSearch search = new ValueSearch(wanted, least);
        return search.result(samples.read(id, selection, search::add));
    }

    @GetMapping("/series")
    @Operation(
            summary = "Which bytes behaved like a series of numbers",
            description =
                    "Type what you saw on the screen, one number after the other: places in"
                            + " messages of one type and sender, of one, two or four bytes, whose"
                            + " numbers changed so; the same times a factor, or plus a difference,"
                            + " are found too. In the first 256 bytes of each message.")
    FoundSeries series(
            @PathVariable UUID id,
            @Parameter(description = "2 to 32 numbers", example = "9297,9298,9310") @RequestParam
                    String values,
            @Parameter(description = FilterParameter.DESCRIPTION) @RequestParam(required = false)
                    @Nullable String filter,
            @Parameter(description = Selections.AFTER) @RequestParam(required = false)
                    @Nullable Long after,
            @Parameter(description = Selections.BEFORE) @RequestParam(required = false)
                    @Nullable Long before,
            @Parameter(description = "messages that are looked at, 1 to 200000; 20000 if left out")
                    @RequestParam(required = false)
                    @Nullable Integer limit) {
        List<Long> wanted = numbers(values);
        Selection selection = selections.read(id, filter, after, before, limit, SERIES);
        SeriesSearch search = new SeriesSearch(wanted);
        return search.result(samples.read(id, selection, search::add));
    }

    @GetMapping("/bits")
    @Operation(
            summary = "Which bits changed while something was done, and never else",
            description =
                    "Mark the event before and after you do something, do it again, and name all"
                            + " these windows: bits that changed in each of them and never outside,"
                            + " from the beginning of the sample to the end of the last window. In"
                            + " the first 512 bytes of each message.")
    FoundBits bits(
            @PathVariable UUID id,
            @Parameter(
                            description =
                                    "1 to 64 windows, first and last session sequence, both"
                                            + " included, in their order",
                            example = "120-140,300-320")
                    @RequestParam
                    String during,
            @Parameter(description = FilterParameter.DESCRIPTION) @RequestParam(required = false)
                    @Nullable String filter,
            @Parameter(description = Selections.AFTER) @RequestParam(required = false)
                    @Nullable Long after,
            @Parameter(description = LIMIT) @RequestParam(required = false)
                    @Nullable Integer limit) {
        List<Stretch> windows = windows(during);
        Selection selection =
                selections
                        .read(id, filter, after, null, limit, BITS)
                        .before(windows.getLast().last() + 1);
        BitSearch search = new BitSearch(windows);
        return search.result(samples.read(id, selection, search::add));
    }

    private static long number(String parameter, String text) {
        try {
            return Long.decode(text.strip());
        } catch (NumberFormatException e) {
            throw ProblemException.badParameter(parameter, text, "a number: 9297, 0x2451, -1");
        }
    }

    /** Neighbours that are equal are one number. */
    private static List<Long> numbers(String text) {
        List<Long> numbers = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            long number = number("values", part);
            if (numbers.isEmpty() || numbers.getLast() != number) {
                numbers.add(number);
            }
        }
        if (numbers.size() < SeriesSearch.LEAST_VALUES
                || numbers.size() > SeriesSearch.MOST_VALUES) {
            throw ProblemException.badParameter("values", text, "2 to 32 numbers that change");
        }
        return numbers;
    }

    private static List<Stretch> windows(String text) {
        List<Stretch> windows = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            Matcher stretch = STRETCH.matcher(part.strip());
            if (!stretch.matches()) {
                throw badWindows(text);
            }
            long first = Long.parseLong(stretch.group(1));
            long last = Long.parseLong(stretch.group(2));
            if (last < first || (!windows.isEmpty() && windows.getLast().last() >= first)) {
                throw badWindows(text);
            }
            windows.add(new Stretch(first, last));
        }
        if (windows.size() > BitSearch.MOST_WINDOWS) {
            throw badWindows(text);
        }
        return windows;
    }

    private static ProblemException badWindows(String text) {
        return ProblemException.badParameter(
                "during", text, "1 to 64 windows FIRST-LAST, in their order: 120-140,300-320");
    }
}
