package kontor.gateway.screens;

import java.io.IOException;
import java.nio.file.Path;
import kontor.lab.LabFile;
import kontor.lab.LabFileException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Reads the lab file once, at the start; without one, or with a wrong one, there are no screens.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ScreenSettings.class)
class ScreenConfiguration {

    private static final Logger log = LoggerFactory.getLogger(ScreenConfiguration.class);

    @Bean
    Screens screens(ScreenSettings settings) {
        if (settings.labFile().isBlank()) {
            return new Screens(null);
        }
        try {
            return new Screens(LabFile.read(Path.of(settings.labFile().strip())));
        } catch (IOException | LabFileException e) {
            log.warn(
                    "could not read the lab file; the page shows no screens until the gateway is"
                            + " restarted: {}",
                    e.getMessage());
            return new Screens(null);
        }
    }

    @Bean
    ScreenBridge screenBridge(ScreenSettings settings) {
        return new ScreenBridge(settings.connections(), settings.connectTimeout());
    }
}
