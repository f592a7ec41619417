package kontor.journal;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the journal.
 *
 * @param enabled whether this process keeps the journal at all
 * @param groupId under which the positions are shown in Kafka's tools; they are not read from there
 * @param maxBatchRecords at most so many records in one transaction
 * @param maxBatchBytes at most so many bytes are fetched for one; a single larger record still
 *     comes
 * @param pollTimeout how long to wait for records before looking up
 * @param minBackOff first pause after the database or Kafka failed; doubles with each failure
 * @param maxBackOff longest such pause
 * @param maxHaltedBackOff longest pause before a journal that has halted looks again
 * @param recheckPause between two looks at a log that seems to be shorter than what was journalled
 * @param rememberedSessions so many sessions' progress is kept in memory between batches
 * @param stopTimeout how long a stop waits for the batch at hand
 */
@Validated
@ConfigurationProperties("kontor.journal")
record JournalSettings(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("kontor-journal") @NotBlank String groupId,
        @DefaultValue("2000") @Min(1) @Max(100_000) int maxBatchRecords,
        @DefaultValue("8MB") DataSize maxBatchBytes,
        @DefaultValue("250ms") Duration pollTimeout,
        @DefaultValue("200ms") Duration minBackOff,
        @DefaultValue("5s") Duration maxBackOff,
        @DefaultValue("30s") Duration maxHaltedBackOff,
        @DefaultValue("500ms") Duration recheckPause,
        @DefaultValue("64") @Min(1) int rememberedSessions,
        @DefaultValue("10s") Duration stopTimeout) {}
