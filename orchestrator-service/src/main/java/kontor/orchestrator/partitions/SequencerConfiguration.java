package kontor.orchestrator.partitions;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.CountDownLatch;
import kontor.orchestrator.code.CodeThread;
import kontor.orchestrator.kafka.KafkaClients;
import kontor.orchestrator.metrics.SequencerMetrics;
import kontor.orchestrator.settings.OrchestratorSettings;
import kontor.topics.Followers;
import kontor.topics.ServiceLife;
import org.springframework.beans.factory.annotation.Qualifier;
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

    /** Open once this process has to do more than to stand by. */
    @Bean
    CountDownLatch firstDuty(OrchestratorSettings settings) {
        return new CountDownLatch(settings.standby() ? 1 : 0);
    }

    /** One for all partitions. */
    @Bean(initMethod = "start")
    CodeThread codeThread(SequencerMetrics metrics) {
        return new CodeThread(metrics);
    }

    @Bean(initMethod = "prepare", destroyMethod = "stop")
    PartitionOwners partitionOwners(
            OrchestratorSettings settings,
            SequencerMetrics metrics,
            MeterRegistry registry,
            CodeThread code,
            ServiceLife life,
            @Qualifier("firstDuty") CountDownLatch firstDuty) {
        KafkaClients clients = new KafkaClients(settings.kafkaServers());
        OwnerMeters meters = new OwnerMeters(registry);
        return new PartitionOwners(
                settings,
                clients,
                partition -> {
                    PartitionOwner owner =
                            new PartitionOwner(
                                    partition,
                                    settings,
                                    clients,
                                    metrics,
                                    code,
                                    life,
                                    firstDuty::countDown);
                    meters.show(owner);
                    return owner;
                });
    }

    @Bean
    SequencerHealth sequencerHealthIndicator(PartitionOwners owners) {
        return new SequencerHealth(owners);
    }
}
