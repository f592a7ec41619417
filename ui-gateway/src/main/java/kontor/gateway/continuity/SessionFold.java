package kontor.gateway.continuity;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import kontor.gateway.continuity.EventRow.Input;
import kontor.gateway.continuity.EventRow.Part;
import kontor.gateway.continuity.EventRow.Payload;
import kontor.gateway.continuity.EventRow.Said;
import org.jspecify.annotations.Nullable;

/**
 * Compares the rows of a session with each other in one pass, in the order of the session: each row
 * is looked at once, and what is kept does not grow with their number, but with that of runs, flows
 * and faults.
 *
 * <p>May begin anywhere in a session: what a sequence or a stream had before the first row is then
 * taken as it comes. Not thread-safe.
 */
public final class SessionFold {

    /** Of each check; beyond they are only counted. */
    private static final int MOST_FAULTS = 100;

    private final long from;
    private final List<Fault> faults = new ArrayList<>();
    private final Map<Check, Long> counts = new EnumMap<>(Check.class);
    private final CommandFold commands = new CommandFold(this::fault);

    private long events;
    private long lastSequence;
    private String firstType = "missing";
    private long firstSequence;
    private String lastType = "missing";
    private long payloads;
    private long payloadBytes;
    private final Map<String, Long> byVerdict = new HashMap<>();
    private final Map<UUID, RunPart> runs = new HashMap<>();
    private final Map<String, InputPart> inputs = new TreeMap<>();
    private final Map<Integer, Boolean> openedHere = new HashMap<>();
    private final Map<Part, Long> streamEnds = new HashMap<>();

    private static final class RunPart {
        final String instance;
        final long first;
        long last;
        long highest;
        long events = 1;

        RunPart(Said said) {
            instance = said.instance();
            first = said.adapterSequence();
            last = first;
            highest = first;
        }
    }

    private static final class InputPart {
        final Input first;
        long lowest;
        long last;
        long highest;

        InputPart(Input first) {
            this.first = first;
            lowest = first.offset();
            last = first.offset();
            highest = first.offset();
        }
    }

    /** Where a fault goes. */
    interface Faults {
        void add(Check check, long sequence, String detail);
    }

    /**
     * @param from the sequence that the first row has to have
     */
    public SessionFold(long from) {
        this.from = from;
        for (Check check : Check.values()) {
            if (!check.deep()) {
                counts.put(check, 0L);
            }
        }
    }

    /** The next row. */
    public void on(EventRow row) {
        sequence(row);
        events++;
        lastSequence = row.sequence();
        lastType = row.type();
        Payload payload = row.payload();
        if (payload != null) {
            payloads++;
            payloadBytes += payload.bytes();
        }
        Said said = row.said();
        if (said != null) {
            byVerdict.merge(row.verdict(), 1L, Long::sum);
            adapterSequence(row, said);
            if (payload != null) {
                checksum(row, payload);
            }
            if (row.input() != null) {
                inputOffset(row, row.input());
            }
        }
        Part part = row.part();
        if (part != null) {
            openedHere.putIfAbsent(part.flow(), row.type().equals("flow_opened"));
            if (said != null && row.streamPosition() != null) {
                stream(row, part, row.streamPosition());
            }
        }
        if (row.isDelivered() && row.deliveries().isEmpty()) {
            fault(
                    Check.DELIVERIES,
                    row.sequence(),
                    "%s, says its verdict, but to nobody".formatted(row.verdict()));
        }
        commands.on(row);
    }

    private void sequence(EventRow row) {
        long expected = events == 0 ? from : lastSequence + 1;
        if (events == 0) {
            firstType = row.type();
            firstSequence = row.sequence();
        }
        if (row.sequence() != expected) {
            fault(
                    Check.SESSION_SEQUENCES,
                    row.sequence(),
                    "expected %d, found %d".formatted(expected, row.sequence()));
        }
    }

    private void adapterSequence(EventRow row, Said said) {
        @Nullable RunPart run = runs.get(said.run());
        if (run == null) {
            runs.put(said.run(), new RunPart(said));
            return;
        }
        if (said.adapterSequence() != run.last + 1) {
            fault(
                    Check.ADAPTER_SEQUENCES,
                    row.sequence(),
                    "%s, run %s: expected adapter sequence %d, found %d"
                            .formatted(
                                    said.instance(),
                                    said.run(),
                                    run.last + 1,
                                    said.adapterSequence()));
        }
        run.events++;
        run.last = said.adapterSequence();
        run.highest = Math.max(run.highest, run.last);
    }

    private void checksum(EventRow row, Payload payload) {
        if (payload.saidCrc32c() == null || payload.saidCrc32c() != payload.crc32c()) {
            fault(
                    Check.PAYLOAD_CHECKSUMS,
                    row.sequence(),
                    "%d bytes have CRC-32C %d, the adapter reckoned %s"
                            .formatted(
                                    payload.bytes(),
                                    payload.crc32c(),
                                    payload.saidCrc32c() == null ? "none" : payload.saidCrc32c()));
        }
    }

    private void inputOffset(EventRow row, Input input) {
        String where = input.topic() + "-" + input.partition();
        @Nullable InputPart part = inputs.get(where);
        if (part == null) {
            inputs.put(where, new InputPart(input));
            return;
        }
        if (input.offset() <= part.last) {
            fault(
                    Check.INPUT_OFFSETS,
                    row.sequence(),
                    "%s: offset %d behind %d".formatted(where, input.offset(), part.last));
        }
        part.last = input.offset();
        part.lowest = Math.min(part.lowest, part.last);
        part.highest = Math.max(part.highest, part.last);
    }

    private void stream(EventRow row, Part part, long position) {
        @Nullable Long expected = streamEnds.get(part);
        if (expected == null && Boolean.TRUE.equals(openedHere.get(part.flow()))) {
            expected = 0L;
        }
        if (expected != null && expected != position) {
            fault(
                    Check.STREAM_OFFSETS,
                    row.sequence(),
                    "flow %d, from the %s: expected %d, found %d"
                            .formatted(
                                    part.flow(),
                                    part.fromOpener() ? "opener" : "target",
                                    expected,
                                    position));
        }
        streamEnds.put(part, position + (row.payload() == null ? 0 : row.payload().bytes()));
    }

    /** A fault that was found elsewhere. */
    public void fault(Check check, long sequence, String detail) {
        if (counts.merge(check, 1L, Long::sum) <= MOST_FAULTS) {
            faults.add(new Fault(check, sequence, detail));
        }
    }

    /** Commands that wait for their receipts, as far as they are kept; after the last row. */
    public List<CommandFold.Open> open() {
        return commands.open();
    }

    /** Commands that failed though no row shows that their own game had ended the flow. */
    public List<CommandFold.Failure> unexplained() {
        return commands.unexplained();
    }

    /** The runs that rows came from. */
    public List<Evidence.Run> runs() {
        return runs.entrySet().stream()
                .map(entry -> {
                    RunPart run = entry.getValue();
                    return new Evidence.Run(
                            entry.getKey(), run.instance, run.first, run.highest, run.events);
                })
                .sorted((a, b) ->
                        a.instance().equals(b.instance())
                                ? a.run().compareTo(b.run())
                                : a.instance().compareTo(b.instance()))
                .toList();
    }

    /**
     * After the last row.
     *
     * @param ended whether the session has
     * @param overRuns of the runs that commands wait for, those that are over
     * @param explained of {@link #unexplained} those that are explained by rows that were not
     *     looked at
     */
    public Evidence end(
            String lab, boolean ended, Set<UUID> overRuns, List<CommandFold.Failure> explained) {
        ends(ended);
        CommandFold.Result found = commands.end(overRuns, explained);
        return new Evidence(
                lab,
                ended,
                events,
                lastSequence,
                byVerdict,
                runs(),
                inputs.values().stream()
                        .map(part ->
                                new Evidence.Inputs(
                                        part.first.topic(),
                                        part.first.partition(),
                                        part.lowest,
                                        part.highest))
                        .toList(),
                payloads,
                payloadBytes,
                found.deliveries(),
                found.unansweredCount(),
                found.abandonedCount(),
                found.unanswered(),
                found.explained(),
                faults,
                counts,
                List.of(),
                0,
                from,
                0);
    }

    private void ends(boolean ended) {
        if (from == 1 && !firstType.equals("session_started")) {
            fault(Check.SESSION_ENDS, firstSequence, "the first event is %s".formatted(firstType));
        }
        if (ended != lastType.equals("session_ended")) {
            fault(
                    Check.SESSION_ENDS,
                    lastSequence,
                    "the session %s, and its last event is %s"
                            .formatted(ended ? "has ended" : "runs", lastType));
        }
    }
}
