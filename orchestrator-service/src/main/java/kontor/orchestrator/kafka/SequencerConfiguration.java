package kontor.orchestrator.kafka;

import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
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
    PartitionOwners partitionOwners(
            OrchestratorSettings settings,
            SequencerMetrics metrics,
            ObjectProvider<BuildProperties> build) {
        KafkaClients clients = new KafkaClients(settings.kafkaServers());
        BuildProperties properties = build.getIfAvailable();
        @Nullable String built = properties == null ? null : properties.getVersion();
        String version = built == null ? "unbuilt" : built;
        return new PartitionOwners(
                settings,
                clients,
                partition -> new PartitionOwner(partition, settings, clients, metrics, version));
    }

    @Bean
    SequencerHealth sequencerHealthIndicator(PartitionOwners owners) {
        return new SequencerHealth(owners);
    }
}
