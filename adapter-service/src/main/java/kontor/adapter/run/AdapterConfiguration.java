package kontor.adapter.run;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import kontor.lab.Lab;
import kontor.lab.LabFile;
import kontor.lab.LabFileException;
import kontor.lab.LabInstance;
import kontor.vocabulary.InstanceName;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.info.BuildProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires one run, from the lab file and the settings. */
@Configuration(proxyBeanMethods = false)
class AdapterConfiguration {

    @Bean
    AdapterRun adapterRun(AdapterSettings settings, ObjectProvider<BuildProperties> build) {
        Lab lab = readLab(settings.labFile());
        LabInstance instance;
        try {
            instance = lab.instance(new InstanceName(settings.instance()));
        } catch (IllegalArgumentException e) {
            throw new AdapterStartException("KONTOR_INSTANCE: " + e.getMessage(), e);
        }
        BuildProperties properties = build.getIfAvailable();
        String version = properties == null ? null : properties.getVersion();
        return new AdapterRun(settings, lab, instance, version == null ? "unbuilt" : version);
    }

    @Bean
    AdapterHealthIndicator adapterHealthIndicator(AdapterRun run) {
        return new AdapterHealthIndicator(run);
    }

    @Bean
    AdapterMetrics adapterMetrics(AdapterRun run) {
        return new AdapterMetrics(run);
    }

    private static Lab readLab(String file) {
        if (file.isBlank()) {
            throw new AdapterStartException("KONTOR_LAB_FILE must be the path of a lab file");
        }
        try {
            return LabFile.read(Path.of(file));
        } catch (LabFileException e) {
            throw new AdapterStartException(String.valueOf(e.getMessage()), e);
        } catch (IOException | InvalidPathException e) {
            throw new AdapterStartException("the lab file cannot be read: " + e, e);
        }
    }
}
