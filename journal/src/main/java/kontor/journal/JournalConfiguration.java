package kontor.journal;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import javax.sql.DataSource;
import kontor.topics.Followers;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.kafka.autoconfigure.DefaultKafkaConsumerFactoryCustomizer;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;

/**
 * Wires the journal: imported by each application that may host it. Where it is a process of its
 * own, {@code kontor.journal.enabled=false} keeps it from being started there. That is read when
 * the process starts, not when its beans are chosen: in an image they were chosen when it was
 * built.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(JournalSettings.class)
public class JournalConfiguration {

    @Bean
    JournalStatus journalStatus(
            Followers followers, JournalMeters meters, JournalSettings settings) {
        if (!settings.enabled()) {
            return JournalStatus.elsewhere();
        }
        Followers.Follower follower = followers.add("journal");
        meters.show(follower);
        return new JournalStatus(follower);
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
            ObjectProvider<DefaultKafkaConsumerFactoryCustomizer> customizers,
            JournalSettings settings,
            JournalStatus status,
            JournalMeters meters,
            @Qualifier("firstDuty") ObjectProvider<CountDownLatch> firstDuty) {
        Map<String, Object> connection = kafka.buildAdminProperties();
        ConsumerFactory<String, byte[]> consumers = consumers(kafka, customizers);
        Journal journal =
                new Journal(
                        new PostgresJournal(database),
                        () -> new KafkaLog(consumers, connection, Journal.TOPICS, settings),
                        settings,
                        status,
                        meters);
        // Of an application that may stand by; a process of its own has work from the beginning.
        return new JournalLifecycle(
                journal,
                settings.enabled(),
                settings.stopTimeout(),
                firstDuty.getIfAvailable(() -> new CountDownLatch(0)));
    }

    /** The journal's own: the process that hosts it may have others. Boot's meters are on it. */
    private static ConsumerFactory<String, byte[]> consumers(
            KafkaProperties kafka,
            ObjectProvider<DefaultKafkaConsumerFactoryCustomizer> customizers) {
        DefaultKafkaConsumerFactory<String, byte[]> factory =
                new DefaultKafkaConsumerFactory<>(
                        kafka.buildConsumerProperties(),
                        StringDeserializer::new,
                        ByteArrayDeserializer::new);
        customizers.orderedStream().forEach(customizer -> customizer.customize(factory));
        return factory;
    }
}
