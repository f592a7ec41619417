package kontor.gateway.tail;

import io.micrometer.core.instrument.MeterRegistry;
import kontor.gateway.instances.InstanceBoard;
import kontor.gateway.live.LiveSessions;
import kontor.gateway.settings.GatewaySettings;
import kontor.gateway.stream.News;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class TailConfiguration {

    @Bean
    LiveSessions liveSessions(GatewaySettings settings, News news) {
        return new LiveSessions(
                settings.tail().sessions(), settings.tail().events(), news::announce);
    }

    @Bean
    InstanceBoard instanceBoard(GatewaySettings settings) {
        return new InstanceBoard(settings.connectedWithin());
    }

    @Bean
    KafkaTail kafkaTail(
            GatewaySettings settings,
            LiveSessions sessions,
            InstanceBoard board,
            MeterRegistry meters) {
        return new KafkaTail(settings, sessions, board, meters);
    }

    @Bean("tailHealthIndicator")
    HealthIndicator tailHealth(KafkaTail tail) {
        return new TailHealth(tail);
    }
}
