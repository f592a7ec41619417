package kontor.analysis.runtime;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * The service's settings; application.yaml says what each is and its environment variable.
 *
 * @param kafkaServers bootstrap servers, host:port with commas between
 * @param retryDelay between attempts while broker or database are away
 * @param resultLimit a result beyond this goes to Kafka without its fields
 * @param processId names this life of the process; empty: made at start
 * @param speakEvery between two status records of this process
 * @param users analyzers that users write
 */
@Validated
@ConfigurationProperties("kontor.analysis")
public record AnalysisSettings(
        @NotBlank String kafkaServers,
        @NotNull Duration retryDelay,
        @NotNull DataSize resultLimit,
        @NotNull @Valid Stream stream,
        @Min(16) @Max(1_000_000) int fieldsPerMessage,
        @NotNull String processId,
        @NotNull Duration speakEvery,
        @NotNull @Valid Users users) {

    /**
     * @param buffer held per direction of a TCP flow
     * @param parts events that a message may be spread over
     * @param search bytes skipped in search of a message before only the beginnings of events are
     *     looked at
     */
    public record Stream(
            @NotNull DataSize buffer,
            @Min(1) @Max(1_000_000) int parts,
            @NotNull DataSize search) {}

    /**
     * Analyzers that users write.
     *
     * @param directory watched for their files
     * @param lookEvery between two looks into it
     * @param steps loops, calls and switches of one call at most
     * @param allocation arrays of one call at most
     * @param kaitai the directory of the Kaitai Struct compiler
     */
    public record Users(
            @NotNull Path directory,
            @NotNull Duration lookEvery,
            @Min(1000) @Max(100_000_000) long steps,
            @NotNull DataSize allocation,
            @NotNull Path kaitai) {}
}
