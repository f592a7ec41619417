package kontor.gateway.settings;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * All settings of the gateway; application.yaml names the environment variable of each.
 *
 * @param kafkaServers host:port, several separated by commas
 * @param connectedWithin an instance whose last word is older than this counts as not connected
 * @param fieldsEvery between two looks for fields that analyzers have declared meanwhile
 * @param receiptPatience how long after an event its receipt may still be on its way
 * @param analyzersDirectory where users' analyzers are saved; empty: they cannot be
 * @param freezeLongest no freeze by hand may be asked for longer
 * @param processId names this life of the process; empty: made at start
 */
@Validated
@ConfigurationProperties("kontor.gateway")
public record GatewaySettings(
        @NotBlank String kafkaServers,
        @NotNull @DurationMin(millis = 100) Duration connectedWithin,
        @NotNull @DurationMin(millis = 0) Duration receiptPatience,
        @NotNull @DurationMin(millis = 10) Duration fieldsEvery,
        @NotNull @Valid Tail tail,
        @NotNull @Valid Stream stream,
        @NotNull @Valid Imports imports,
        @NotNull String analyzersDirectory,
        @NotNull @DurationMin(seconds = 1) Duration freezeLongest,
        @NotNull String processId,
        @NotNull @Valid Reloads reloads,
        @NotNull @Valid Access access,
        @NotNull @Valid Rules rules) {

    /**
     * How much of the recent past is kept in memory.
     *
     * @param records read at the start, from before the end of each partition
     * @param sessions kept in memory at once; those that had an event last
     * @param events kept per session, and as many analysis results
     * @param entries events and results kept of all sessions; the one that was silent longest makes
     *     room
     * @param filterBytes kept per session for filters: payloads and fields of its newest events
     * @param retry after Kafka could not be reached
     */
    public record Tail(
            @Min(0) @Max(10_000_000) int records,
            @Min(1) @Max(10_000) int sessions,
            @Min(16) @Max(1_000_000) int events,
            @Min(32) @Max(10_000_000) int entries,
            @NotNull DataSize filterBytes,
            @NotNull @DurationMin(millis = 10) Duration retry) {}

    /**
     * The live stream.
     *
     * @param subscribers at once; a further one is refused
     * @param batch events taken at once for one subscriber: what waits in memory for a slow one
     * @param heartbeat a comment goes out when nothing else has for this long
     * @param databasePoll between two looks into a database that is behind
     * @param reconnect how long a browser is asked to wait before it connects again
     */
    public record Stream(
            @Min(1) @Max(100_000) int subscribers,
            @Min(1) @Max(10_000) int batch,
            @NotNull @DurationMin(millis = 100) Duration heartbeat,
            @NotNull @DurationMin(millis = 10) Duration databasePoll,
            @NotNull @DurationMin(millis = 1) Duration reconnect) {}

    /**
     * Captures that become sessions.
     *
     * @param largest a larger one is refused
     * @param directory where a capture waits while it is imported
     */
    public record Imports(@NotNull DataSize largest, @NotBlank String directory) {}

    /**
     * Reloads, and the processes that they are about.
     *
     * @param kept reloads, and processes, in memory: those that were heard of last
     * @param shownFor how long after its end a reload is shown to a page that is opened
     * @param speakEvery between two words of this process about itself
     * @param thereWithin a process whose last word is older is gone
     */
    public record Reloads(
            @Min(1) @Max(10_000) int kept,
            @NotNull @DurationMin(millis = 0) Duration shownFor,
            @NotNull @DurationMin(millis = 100) Duration speakEvery,
            @NotNull @DurationMin(millis = 100) Duration thereWithin) {}

    /**
     * Rules of interception.
     *
     * @param directory watched for files of rules; it need not exist
     * @param lookEvery between two looks into it
     */
    public record Rules(
            @NotNull Path directory, @NotNull @DurationMin(millis = 10) Duration lookEvery) {}

    /**
     * Who may use it.
     *
     * @param tokenFile holds the token; empty: none is asked for
     * @param publishedAddress the only address at which the port is reachable, where that is not
     *     the one it listens on; empty: it is
     * @param allowedHosts names, beside its addresses, that are its own: of a proxy in front, say
     * @param signedInFor how long a browser need not be given the token again
     */
    public record Access(
            @NotNull String tokenFile,
            @NotNull String publishedAddress,
            @NotNull List<String> allowedHosts,
            @NotNull @DurationMin(minutes = 1) Duration signedInFor) {

        public Access {
            allowedHosts = List.copyOf(allowedHosts);
        }
    }
}
