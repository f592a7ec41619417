package kontor.gateway.pictures;

import java.nio.file.Path;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the recorder's directory to the API. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(PictureSettings.class)
class PictureConfiguration {

    @Bean
    PictureArchive pictureArchive(PictureSettings settings) {
        return new PictureArchive(
                settings.directory().isBlank() ? null : Path.of(settings.directory().strip()));
    }
}
