package kontor.orchestrator.journal;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the journal. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(JournalSettings.class)
class JournalConfiguration {

    @Bean
    JournalStatus journalStatus() {
        return new JournalStatus();
    }

    @Bean
    JournalMeters journalMeters(MeterRegistry registry) {
        return new JournalMeters(registry);
    }

    /** Shown as {@code journal}. */
    @Bean
    JournalHealth journalHealthIndicator(JournalStatus status, JournalMeters meters) {
        return new JournalHealth(status, meters);
    }

    @Bean
    JournalLifecycle journalLifecycle(
            DataSource database,
            KafkaProperties kafka,
            JournalSettings settings,
            JournalStatus status,
            JournalMeters meters,
            @Qualifier("firstDuty") CountDownLatch firstDuty) {
        Map<String, Object> connection = kafka.buildAdminProperties();
        Journal journal =
                new Journal(
                        new PostgresJournal(database),
                        () -> new KafkaLog(connection, Journal.TOPICS, settings),
                        settings,
                        status,
                        meters);
        return new JournalLifecycle(journal, settings.stopTimeout(), firstDuty);
    }
}
