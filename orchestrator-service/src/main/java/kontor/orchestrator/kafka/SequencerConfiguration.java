package kontor.orchestrator.kafka;

import io.micrometer.core.instrument.MeterRegistry;
import kontor.topics.Followers;
import kontor.topics.ServiceLife;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the sequencer. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(OrchestratorSettings.class)
class SequencerConfiguration {

    @Bean
    SequencerMetrics sequencerMetrics(MeterRegistry registry) {
        return new SequencerMetrics(registry);
    }

    /** The readers of logs beside the relay; each adds itself. */
    @Bean
    Followers followers() {
        return Followers.none();
    }

    @Bean
    ServiceLife serviceLife(
            OrchestratorSettings settings,
            Followers followers,
            @Value("${spring.application.name}") String service,
            @Value("${spring.application.version:unbuilt}") String version) {
        return ServiceLife.begin(service, settings.processId(), version, followers);
    }

    @Bean(initMethod = "prepare", destroyMethod = "stop")
    PartitionOwners partitionOwners(
            OrchestratorSettings settings,
            SequencerMetrics metrics,
            MeterRegistry registry,
            ServiceLife life) {
        KafkaClients clients = new KafkaClients(settings.kafkaServers());
        OwnerMeters meters = new OwnerMeters(registry);
        return new PartitionOwners(
                settings,
                clients,
                partition -> {
                    PartitionOwner owner =
                            new PartitionOwner(partition, settings, clients, metrics, life);
                    meters.show(owner);
                    return owner;
                });
    }

    @Bean
    SequencerHealth sequencerHealthIndicator(PartitionOwners owners) {
        return new SequencerHealth(owners);
    }
}
