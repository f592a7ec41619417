package kontor.adapter.run;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires one run, from the lab file and the settings. */
@Configuration(proxyBeanMethods = false)
class AdapterConfiguration {

    @Bean
    AdapterRun adapterRun(
            AdapterSettings settings,
            @Value("${spring.application.version:unbuilt}") String version) {
        LabPlace place = LabPlace.read(settings.labFile(), settings.instance());
        return new AdapterRun(settings, place.frozenBy(settings.freeze().cgroup()), version);
    }

    @Bean
    AdapterHealthIndicator adapterHealthIndicator(AdapterRun run) {
        return new AdapterHealthIndicator(run);
    }

    @Bean
    static ManagementPort managementPort() {
        return new ManagementPort();
    }

    @Bean
    AdapterMetrics adapterMetrics(AdapterRun run) {
        return new AdapterMetrics(run);
    }
}
