package kontor.adapter.run;

import static java.util.stream.Collectors.toMap;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the adapters of this process, from the lab file and the settings. */
@Configuration(proxyBeanMethods = false)
class AdapterConfiguration {

    @Bean
    Adapters adapters(
            AdapterSettings settings,
            @Value("${spring.application.version:unbuilt}") String version) {
        return Adapters.of(settings.each(), AdapterConfiguration::place, version);
    }

    private static LabPlace place(AdapterSettings settings) {
        return LabPlace.read(settings.labFile(), settings.instance())
                .frozenBy(settings.freeze().cgroup());
    }

    /** Named "adapter"; what it is composed of, by instance. */
    @Bean
    CompositeHealthContributor adapterHealthContributor(Adapters adapters) {
        return CompositeHealthContributor.fromMap(
                adapters.runs()
                        .collect(
                                toMap(
                                        run -> run.identity().instance().value(),
                                        AdapterHealthIndicator::new)));
    }

    @Bean
    static ManagementPort managementPort() {
        return new ManagementPort();
    }

    @Bean
    AdapterMetrics adapterMetrics(Adapters adapters) {
        return new AdapterMetrics(adapters);
    }
}
