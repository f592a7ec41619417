package kontor.adapter.run;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.info.BuildProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires one run, from the lab file and the settings. */
@Configuration(proxyBeanMethods = false)
class AdapterConfiguration {

    @Bean
    AdapterRun adapterRun(AdapterSettings settings, ObjectProvider<BuildProperties> build) {
        LabPlace place = LabPlace.read(settings.labFile(), settings.instance());
        BuildProperties properties = build.getIfAvailable();
        String version = properties == null ? null : properties.getVersion();
        return new AdapterRun(settings, place, version == null ? "unbuilt" : version);
    }

    @Bean
    AdapterHealthIndicator adapterHealthIndicator(AdapterRun run) {
        return new AdapterHealthIndicator(run);
    }

    @Bean
    AdapterMetrics adapterMetrics(AdapterRun run) {
        return new AdapterMetrics(run);
    }
}
