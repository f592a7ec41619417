package kontor.gateway.pictures;

import jakarta.validation.constraints.NotNull;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * Where pictures are; application.yaml names the environment variable.
 *
 * @param directory as {@code kontor record} fills it; empty: there are none
 */
@Validated
@ConfigurationProperties("kontor.gateway.pictures")
record PictureSettings(@NotNull String directory) {}
