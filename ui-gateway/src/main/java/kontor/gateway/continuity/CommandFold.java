package kontor.gateway.continuity;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import kontor.gateway.continuity.EventRow.Answer;
import kontor.gateway.continuity.EventRow.Delivery;
import kontor.gateway.continuity.EventRow.Part;
import kontor.gateway.continuity.EventRow.Said;
import org.jspecify.annotations.Nullable;

/**
 * Holds each command of a session against its receipt, in the order of the session. A receipt that
 * names another event is found where it stands, and held against its command at once or as soon as
 * that comes. Not thread-safe.
 */
public final class CommandFold {

    /** So many commands without a receipt are kept; beyond they are only counted. */
    private static final int MOST_OPEN = 100_000;

    /** So many receipts without their commands, and so many failures, are kept. */
    private static final int MOST_KEPT = 10_000;

    private static final int MOST_UNANSWERED = 1000;

    /** By its own adapter's clock; it may notice a moment later. */
    private static final Duration NOTICED_WITHIN = Duration.ofSeconds(1);

    private final SessionFold.Faults faults;
    private final Map<Command, Open> open = new LinkedHashMap<>();
    private final Map<Command, Answer> early = new LinkedHashMap<>();
    private final Map<UUID, Long> lastCommands = new HashMap<>();
    private final Map<Direction, Long> confirmed = new HashMap<>();
    private final Map<FlowOfRun, Ends> ends = new HashMap<>();
    private final List<Failure> failures = new ArrayList<>();

    private long deliveries;
    private long beyondOpen;
    private long explained;

    private record Command(UUID run, long number) {}

    private record Direction(UUID run, Part part) {}

    private record FlowOfRun(UUID run, int flow) {}

    /**
     * When a game ended a flow, by its own adapter's clock.
     *
     * @param reset or refused it; {@link Instant#MAX} for never
     * @param halfClosed ended its own output; {@link Instant#MAX} for never
     */
    private record Ends(Instant reset, Instant halfClosed) {

        Ends and(Ends other) {
            return new Ends(
                    other.reset.isBefore(reset) ? other.reset : reset,
                    other.halfClosed.isBefore(halfClosed) ? other.halfClosed : halfClosed);
        }
    }

    /** A command without a receipt. */
    public record Open(
            long sequence,
            Instant sequencedAt,
            Delivery delivery,
            @Nullable Part part,
            long bytes,
            boolean delivered,
            boolean hasPayload) {}

    /** A command that could not be carried out, says who was told. */
    public record Failure(
            long sequence,
            Delivery delivery,
            @Nullable Part part,
            boolean hasPayload,
            Answer answer) {}

    /** What is to be said of the commands. */
    record Result(
            long deliveries,
            long unansweredCount,
            long abandonedCount,
            List<Evidence.Unanswered> unanswered,
            long explained) {}

    CommandFold(SessionFold.Faults faults) {
        this.faults = faults;
    }

    void on(EventRow row) {
        ended(row);
        for (Delivery delivery : row.deliveries()) {
            deliveries++;
            number(row, delivery);
            Open command =
                    new Open(
                            row.sequence(),
                            row.sequencedAt(),
                            delivery,
                            row.part(),
                            row.bytesToDeliver(delivery),
                            row.isDelivered(),
                            row.payload() != null);
            Command key = new Command(delivery.run(), delivery.command());
            @Nullable Answer answer = early.remove(key);
            if (answer != null) {
                answered(command, answer);
            } else if (open.size() < MOST_OPEN) {
                open.put(key, command);
            } else {
                beyondOpen++;
            }
        }
        for (Answer answer : row.answers()) {
            Command key = new Command(answer.run(), answer.command());
            @Nullable Open command = open.remove(key);
            if (command != null) {
                answered(command, answer);
            } else if (early.size() < MOST_KEPT) {
                early.put(key, answer);
            } else {
                misplaced(answer);
            }
        }
    }

    /** Its game has ended a flow: what comes for that flow from now on finds none. */
    private void ended(EventRow row) {
        Said said = row.said();
        Part part = row.part();
        if (said == null || part == null) {
            return;
        }
        Instant at = said.capturedAt();
        @Nullable Ends now =
                switch (row.type()) {
                    case "flow_reset", "flow_refused" -> new Ends(at, Instant.MAX);
                    case "flow_half_closed" -> new Ends(Instant.MAX, at);
                    default -> null;
                };
        if (now != null) {
            ends.merge(new FlowOfRun(said.run(), part.flow()), now, Ends::and);
        }
    }

    private void number(EventRow row, Delivery delivery) {
        @Nullable Long before = lastCommands.put(delivery.run(), delivery.command());
        if (before != null && delivery.command() != before + 1) {
            faults.add(
                    Check.COMMAND_SEQUENCES,
                    row.sequence(),
                    "%s, run %s: expected command %d, found %d"
                            .formatted(
                                    delivery.instance(),
                                    delivery.run(),
                                    before + 1,
                                    delivery.command()));
        }
    }

    private void answered(Open command, Answer answer) {
        Delivery delivery = command.delivery();
        if (answer.failed()) {
            Failure failure =
                    new Failure(
                            command.sequence(),
                            delivery,
                            command.part(),
                            command.hasPayload(),
                            answer);
            if (failures.size() < MOST_KEPT) {
                failures.add(failure);
            } else if (isExplained(failure)) {
                explained++;
            } else {
                notCarriedOut(failure);
            }
            return;
        }
        if (command.part() != null && command.hasPayload()) {
            confirmed.merge(
                    new Direction(delivery.run(), command.part()), delivery.command(), Math::max);
        }
        boolean same =
                answer.sequence() == command.sequence()
                        && answer.instance().equals(delivery.instance())
                        && (!command.delivered() || answer.payloadBytes() == command.bytes());
        if (!same) {
            contents(answer, Long.toString(command.sequence()), command.bytes());
        }
    }

    private void misplaced(Answer answer) {
        if (!answer.failed()) {
            contents(answer, "none", 0);
        }
    }

    private void contents(Answer answer, String event, long bytes) {
        faults.add(
                Check.RECEIPT_CONTENTS,
                answer.sequence(),
                "command %d to run %s of %s: its receipt is for event %d and %d bytes, its"
                                .formatted(
                                        answer.command(),
                                        answer.run(),
                                        answer.instance(),
                                        answer.sequence(),
                                        answer.payloadBytes())
                        + " delivery for event %s and %d bytes".formatted(event, bytes));
    }

    private void notCarriedOut(Failure failure) {
        Delivery delivery = failure.delivery();
        String detail = failure.answer().detail();
        faults.add(
                Check.CARRIED_OUT,
                failure.sequence(),
                "command %d to run %s of %s: failed%s"
                        .formatted(
                                delivery.command(),
                                delivery.run(),
                                delivery.instance(),
                                detail == null ? "" : " (" + detail + ")"));
    }

    /**
     * Whether its own game had ended the flow before. Where both games have closed, a reset that
     * comes after it finds no flow; bytes would find one.
     */
    private boolean isExplained(Failure failure) {
        if (failure.part() == null) {
            return false;
        }
        @Nullable Ends end =
                ends.get(new FlowOfRun(failure.delivery().run(), failure.part().flow()));
        Instant latest = failure.answer().doneAt().plus(NOTICED_WITHIN);
        return end != null
                && (!end.reset().isAfter(latest)
                        || (!failure.hasPayload() && !end.halfClosed().isAfter(latest)));
    }

    List<Open> open() {
        return List.copyOf(open.values());
    }

    List<Failure> unexplained() {
        return failures.stream().filter(failure -> !isExplained(failure)).toList();
    }

    Result end(Set<UUID> overRuns, List<Failure> explainedElsewhere) {
        early.values().forEach(this::misplaced);
        Set<Failure> elsewhere = new HashSet<>(explainedElsewhere);
        for (Failure failure : failures) {
            if (isExplained(failure) || elsewhere.contains(failure)) {
                explained++;
            } else {
                notCarriedOut(failure);
            }
        }
        long abandoned = 0;
        List<Evidence.Unanswered> unanswered = new ArrayList<>();
        for (Open command : open.values()) {
            boolean isAbandoned = isAbandoned(command, overRuns);
            abandoned += isAbandoned ? 1 : 0;
            if (unanswered.size() < MOST_UNANSWERED) {
                unanswered.add(
                        new Evidence.Unanswered(
                                command.sequence(),
                                command.sequencedAt(),
                                command.delivery().instance(),
                                command.delivery().run(),
                                command.delivery().command(),
                                isAbandoned));
            }
        }
        return new Result(deliveries, open.size() + beyondOpen, abandoned, unanswered, explained);
    }

    /**
     * Its run is over, and nothing behind it in its flow was confirmed: what is written into one
     * direction of a flow is done in its order, so it was under way when that adapter ended, and
     * nobody can know whether it got there.
     */
    private boolean isAbandoned(Open command, Set<UUID> overRuns) {
        UUID run = command.delivery().run();
        long latest =
                command.part() == null
                        ? 0
                        : confirmed.getOrDefault(new Direction(run, command.part()), 0L);
        return overRuns.contains(run) && command.delivery().command() > latest;
    }
}
