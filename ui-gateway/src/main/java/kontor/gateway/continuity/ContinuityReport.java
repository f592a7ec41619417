package kontor.gateway.continuity;

import com.fasterxml.jackson.annotation.JsonValue;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The answer to: was anything lost, doubled or reordered? */
public record ContinuityReport(
        UUID session,
        @Schema(
                        description =
                                "clean: all holds. lossy: all holds, but datagrams of the games"
                                        + " were lost in buffers on the adapters' machines, as UDP"
                                        + " may; losses says how many and where. unconfirmed: all"
                                        + " holds, but adapters have ended before they could"
                                        + " confirm their last commands."
                                        + " incomplete: all holds so far, but something is still on"
                                        + " its way. faulty: something does not hold",
                        example = "clean")
                Verdict verdict,
        Instant checkedAt,
        @Schema(description = "what is still on its way; empty unless incomplete")
                List<String> waitingFor,
        @Schema(description = "last commands of adapters' runs that have ended, by run")
                List<Unconfirmed> unconfirmed,
        @Schema(
                        description =
                                "datagrams that adapters say were lost, by place; 100 at most, all"
                                        + " are in counts.lost")
                List<Loss> losses,
        Counts counts,
        Equation equation,
        List<RunCounts> runs,
        @Schema(description = "every check that was made, with the number of its faults")
                Map<Check, Long> checks,
        @Schema(description = "each fault with its place, 100 of each check at most")
                List<Fault> faults,
        @Schema(
                        description =
                                "whether nothing can change it any more: the session has ended and"
                                        + " every command is answered for. It is stored, and"
                                        + " answered from then on without a new look unless"
                                        + " fresh=true")
                boolean settled) {

    public ContinuityReport {
        waitingFor = List.copyOf(waitingFor);
        unconfirmed = List.copyOf(unconfirmed);
        losses = List.copyOf(losses);
        runs = List.copyOf(runs);
        faults = List.copyOf(faults);
    }

    /** In one word. */
    public enum Verdict {
        CLEAN,
        LOSSY,
        UNCONFIRMED,
        INCOMPLETE,
        FAULTY;

        @JsonValue
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** How much was looked at. */
    public record Counts(
            @Schema(description = "session events in the database") long events,
            @Schema(description = "highest session sequence in the database") long lastSequence,
            @Schema(description = "highest heard on Kafka; 0 for none lately") long heardSequence,
            long payloads,
            long payloadBytes,
            @Schema(description = "commands that went out") long deliveries,
            @Schema(description = "of them, without a receipt yet") long unanswered,
            @Schema(description = "of them, failed as their own game had ended the flow")
                    long explained,
            @Schema(
                            description =
                                    "of those without a receipt, under way when their adapter's run"
                                            + " ended")
                    long unconfirmed,
            @Schema(
                            description =
                                    "datagrams that adapters say were lost; those lost before the"
                                            + " adapter read them have no event")
                    long lost,
            @Schema(description = "first session sequence that was looked at; 1: all were")
                    long from,
            @Schema(description = "deep: records of the topics that were read again")
                    long recordsRead) {}

    /** What an adapter had received and not confirmed when its run ended. */
    public record Unconfirmed(
            String instance,
            UUID run,
            @Schema(description = "session sequence of the first", example = "42") long sequence,
            @Schema(description = "the first of them") long firstCommand,
            @Schema(description = "how many; of very many not all") long commands) {

        @Override
        public String toString() {
            return "run %s of %s ended with %d commands unconfirmed, from command %d on"
                    .formatted(run, instance, commands, firstCommand);
        }
    }

    /** Received = observed + relayed + mutated + held + dropped + undeliverable. */
    public record Equation(
            @Schema(description = "by the adapters' own numbers") long received,
            @Schema(description = "rows that an adapter said, by verdict")
                    Map<String, Long> byVerdict,
            boolean holds) {}

    /** The part of a run that lies in the session. */
    public record RunCounts(
            UUID run,
            String instance,
            @Schema(description = "lowest adapter sequence") long first,
            @Schema(description = "highest adapter sequence") long last,
            long events,
            @Schema(description = "what its adapter says the broker has; absent if not connected")
                    @Nullable Long published) {}
}
