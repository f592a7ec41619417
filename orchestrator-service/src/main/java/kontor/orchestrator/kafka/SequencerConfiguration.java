package kontor.orchestrator.kafka;

import io.micrometer.core.instrument.MeterRegistry;
import kontor.topics.ServiceLife;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.info.BuildProperties;
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

    @Bean
    ServiceLife serviceLife(
            OrchestratorSettings settings,
            ObjectProvider<BuildProperties> build,
            @Value("${spring.application.name}") String service) {
        BuildProperties properties = build.getIfAvailable();
        @Nullable String built = properties == null ? null : properties.getVersion();
        return ServiceLife.begin(service, settings.processId(), built == null ? "unbuilt" : built);
    }

    @Bean
    PartitionOwners partitionOwners(
            OrchestratorSettings settings, SequencerMetrics metrics, ServiceLife life) {
        KafkaClients clients = new KafkaClients(settings.kafkaServers());
        return new PartitionOwners(
                settings,
                clients,
                partition -> new PartitionOwner(partition, settings, clients, metrics, life));
    }

    @Bean
    SequencerHealth sequencerHealthIndicator(PartitionOwners owners) {
        return new SequencerHealth(owners);
    }
}
