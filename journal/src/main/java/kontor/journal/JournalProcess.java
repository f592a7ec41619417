package kontor.journal;

import java.time.Duration;
import kontor.topics.Followers;
import kontor.topics.ServiceHerald;
import kontor.topics.ServiceLife;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * What a journal that is a process of its own says of itself; where another process hosts it, that
 * says it.
 */
@Configuration(proxyBeanMethods = false)
class JournalProcess {

    @Bean
    Followers followers() {
        return Followers.none();
    }

    /** On {@code kontor.control}: its status, once it runs. */
    @Bean(initMethod = "start", destroyMethod = "close")
    ServiceHerald serviceHerald(
            Followers followers,
            JournalStatus status,
            @Value("${spring.application.name}") String service,
            @Value("${spring.application.version:unbuilt}") String version,
            @Value("${spring.kafka.bootstrap-servers}") String servers,
            @Value("${kontor.process.id}") String processId,
            @Value("${kontor.process.speak-every}") Duration speakEvery) {
        return new ServiceHerald(
                ServiceLife.begin(service, processId, version, followers),
                servers,
                () -> status.now().phase() == JournalStatus.Phase.RUNNING,
                speakEvery);
    }
}
