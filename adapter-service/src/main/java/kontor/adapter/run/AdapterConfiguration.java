package kontor.adapter.run;

import static java.util.stream.Collectors.toMap;

import kontor.adapter.kafka.KafkaLink;
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
        KafkaLink link =
                new KafkaLink(
                        settings.kafka().settings(),
                        settings.each().stream().map(AdapterSettings::instance).toList());
        return new Adapters(
                settings.each().stream().map(own -> run(own, link, version)).toList(), link);
    }

    private static AdapterRun run(AdapterSettings settings, KafkaLink link, String version) {
        LabPlace place = LabPlace.read(settings.labFile(), settings.instance());
        return new AdapterRun(settings, place.frozenBy(settings.freeze().cgroup()), link, version);
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
