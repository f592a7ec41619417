package kontor.gateway.screens;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * Where screens are; application.yaml names the environment variable of each.
 *
 * @param labFile whose instances have {@code vnc}; empty: there are no screens
 * @param connections open at once; a further one is refused
 * @param connectTimeout how long a screen may take to accept
 */
@Validated
@ConfigurationProperties("kontor.gateway.screens")
record ScreenSettings(
        @NotNull String labFile,
        @Min(1) @Max(1_000) int connections,
        @NotNull @DurationMin(millis = 10) Duration connectTimeout) {}
