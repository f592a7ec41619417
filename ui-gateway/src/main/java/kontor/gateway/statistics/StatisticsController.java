package kontor.gateway.statistics;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import kontor.gateway.filtering.FilterParameter;
import kontor.gateway.sampling.Sample;
import kontor.gateway.sampling.SampleArchive;
import kontor.gateway.sampling.SampledMessage;
import kontor.gateway.sampling.Selection;
import kontor.gateway.sampling.Selections;
import kontor.gateway.sampling.Selections.Bounds;
import kontor.gateway.statistics.ByteStatistics.Column;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What passes in a session, and what the bytes of its messages do. */
@RestController
@RequestMapping("/api/sessions/{id}/statistics")
@Tag(name = "statistics")
class StatisticsController {

    /** Enough to tell a heartbeat from a message that says something. */
    private static final Bounds TRAFFIC = new Bounds(100_000, 1_000_000, 64);

    private static final Bounds BYTES = new Bounds(10_000, 50_000, 256);

    private final Selections selections;
    private final SampleArchive samples;
    private final PlayerArchive players;

    StatisticsController(Selections selections, SampleArchive samples, PlayerArchive players) {
        this.selections = selections;
        this.samples = samples;
        this.players = players;
    }

    @GetMapping
    @Operation(
            summary = "Messages by type, sender, direction and second, and what comes at intervals",
            description =
                    "Of the newest messages, as many as 'limit' says: 'sample' tells which. With"
                            + " 'after' the first ones behind it.")
    TrafficStatistics traffic(
            @PathVariable UUID id,
            @Parameter(description = FilterParameter.DESCRIPTION, example = "udp.port == 2350")
                    @RequestParam(required = false)
                    @Nullable String filter,
            @Parameter(description = Selections.AFTER) @RequestParam(required = false)
                    @Nullable Long after,
            @Parameter(description = Selections.BEFORE) @RequestParam(required = false)
                    @Nullable Long before,
            @Parameter(description = "messages, 1 to 1000000; 100000 if left out")
                    @RequestParam(required = false)
                    @Nullable Integer limit) {
        Selection wanted = selections.read(id, filter, after, before, limit, TRAFFIC);
        TrafficFold fold = new TrafficFold();
        return fold.result(samples.read(id, wanted, fold::add));
    }

    @GetMapping("/bytes")
    @Operation(
            summary = "Which bytes of a message type vary, and how",
            description =
                    "Of the first 256 bytes of each message: values, entropy, how often each bit"
                            + " flips; and of words of up to four bytes whether they count, rise,"
                            + " are the length, repeat other bytes or are a player's id.")
    ByteStatistics bytes(
            @PathVariable UUID id,
            @Parameter(example = "x642") @RequestParam String protocol,
            @Parameter(example = "VALUES") @RequestParam String type,
            @Parameter(description = "sending instance; all if left out", example = "game1")
                    @RequestParam(required = false)
                    @Nullable String from,
            @Parameter(description = FilterParameter.DESCRIPTION) @RequestParam(required = false)
                    @Nullable String filter,
            @Parameter(description = Selections.AFTER) @RequestParam(required = false)
                    @Nullable Long after,
            @Parameter(description = Selections.BEFORE) @RequestParam(required = false)
                    @Nullable Long before,
            @Parameter(description = "messages, 1 to 50000; 10000 if left out")
                    @RequestParam(required = false)
                    @Nullable Integer limit) {
        Selection wanted =
                selections.read(id, filter, after, before, limit, BYTES).of(protocol, type, from);
        ByteFold fold = new ByteFold();
        List<SampledMessage> messages = new ArrayList<>();
        Sample sample =
                samples.read(
                        id,
                        wanted,
                        message -> {
                            fold.add(message);
                            messages.add(message);
                        });
        List<Column> columns = fold.columns();
        return new ByteStatistics(
                sample,
                protocol,
                type,
                from,
                messages.size(),
                messages.stream().mapToInt(SampledMessage::length).min().orElse(0),
                messages.stream().mapToInt(SampledMessage::length).max().orElse(0),
                wanted.bytes(),
                columns,
                WordFindings.of(messages, players.ids(id)));
    }
}
