package kontor.orchestrator.settings;

import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the sequencer; application.yaml says what each is for.
 *
 * @param partitions of {@code kontor.packets} that this process owns; empty: all there are
 * @param sessionIdle how long nothing may come until a session without open TCP flow ends; one with
 *     open flows ends after 60 times that
 * @param reissueEvents of how many session events the commands are given again by a new owner
 * @param inFlightRecords how many records may be on their way to the broker, counted from the
 *     eldest that it has not acknowledged
 * @param pollTimeout how often a partition without input looks at the time
 * @param retryAfter how long to wait before trying again what Kafka refused
 * @param checkpointEvents after so many session events at the latest a checkpoint is taken
 * @param checkpointInterval and with the first session event after this time
 * @param standby whether it waits until it is needed, instead of taking over when it starts
 * @param standbyPatience how long an owner is silent before a standby takes over
 * @param processId names this life of the process; empty: made at start
 * @param reload how long the phases of a reload may take
 */
@ConfigurationProperties("kontor.orchestrator")
@Validated
public record OrchestratorSettings(
        @NotBlank String kafkaServers,
        @DefaultValue Set<Integer> partitions,
        @DefaultValue("PT60S") @NotNull Duration sessionIdle,
        @DefaultValue("1000") @Min(1) int reissueEvents,
        @DefaultValue("1000") @Min(1) int inFlightRecords,
        @DefaultValue("PT0.2S") @NotNull Duration pollTimeout,
        @DefaultValue("PT3S") @NotNull Duration retryAfter,
        @DefaultValue("5000") @Min(1) int checkpointEvents,
        @DefaultValue("PT10S") @NotNull Duration checkpointInterval,
        @DefaultValue("false") boolean standby,
        @DefaultValue("PT3S") @NotNull Duration standbyPatience,
        @DefaultValue("") @NotNull String processId,
        @DefaultValue @NotNull @Valid ReloadSettings reload) {

    private static final Duration SIGN_INTERVAL = Duration.ofSeconds(1);
    private static final Duration LEAST_PATIENCE = Duration.ofMillis(300);

    public OrchestratorSettings {
        partitions = Set.copyOf(partitions);
    }

    /** How often owner and standby give a sign of life: several times within the patience. */
    public Duration signInterval() {
        Duration often = standbyPatience.dividedBy(3);
        return often.compareTo(SIGN_INTERVAL) < 0 ? often : SIGN_INTERVAL;
    }

    /**
     * What an owner had in flight when it died may be lost, and nobody but its successor can know:
     * it gives all of that again only if it goes back far enough.
     */
    @AssertTrue(message = "reissue-events must not be below in-flight-records")
    public boolean isReissueFarEnough() {
        return reissueEvents >= inFlightRecords;
    }

    /** Signs of life come several times within it, and each has to make its way through Kafka. */
    @AssertTrue(message = "standby-patience must be 300 ms or more")
    public boolean isPatienceLongEnough() {
        return standbyPatience.compareTo(LEAST_PATIENCE) >= 0;
    }
}
