package kontor.gateway.tail;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import kontor.gateway.analyzers.AnalyzerNews;
import kontor.gateway.instances.InstanceBoard;
import kontor.gateway.live.LiveSession;
import kontor.gateway.live.LiveSessions;
import kontor.gateway.reloads.ReloadBoard;
import kontor.gateway.reloads.ReloadNews;
import kontor.gateway.reloads.ServiceBoard;
import kontor.gateway.rules.HeldBoard;
import kontor.gateway.rules.RuleBoard;
import kontor.gateway.runs.RunNews;
import kontor.gateway.settings.GatewaySettings;
import kontor.gateway.snapshots.SnapshotBoard;
import kontor.gateway.stream.News;
import kontor.topics.Followers;
import kontor.topics.ServiceHerald;
import kontor.topics.ServiceLife;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.ConsumerFactory;

@Configuration(proxyBeanMethods = false)
class TailConfiguration {

    @Bean
    LiveSessions liveSessions(GatewaySettings settings, News news) {
        return new LiveSessions(
                new LiveSessions.Bounds(settings.tail().sessions(), settings.tail().entries()),
                new LiveSession.Capacity(
                        settings.tail().events(), settings.tail().filterBytes().toBytes()),
                news::announce);
    }

    @Bean
    InstanceBoard instanceBoard(GatewaySettings settings) {
        return new InstanceBoard(settings.connectedWithin());
    }

    @Bean
    ReloadBoard reloadBoard(GatewaySettings settings, ReloadNews news) {
        return new ReloadBoard(settings.reloads().kept(), news::announce);
    }

    @Bean
    ServiceBoard serviceBoard(GatewaySettings settings) {
        return new ServiceBoard(settings.reloads().kept(), settings.reloads().thereWithin());
    }

    @Bean
    SnapshotBoard snapshotBoard() {
        return new SnapshotBoard();
    }

    /** The readers of logs in this process. */
    @Bean
    Followers followers(Clock clock) {
        return new Followers(clock);
    }

    @Bean
    KafkaTail kafkaTail(
            ConsumerFactory<String, byte[]> consumers,
            GatewaySettings settings,
            LiveSessions sessions,
            InstanceBoard board,
            ReloadBoard reloads,
            ServiceBoard services,
            AnalyzerNews analyzers,
            RunNews runs,
            RuleBoard rules,
            HeldBoard held,
            SnapshotBoard snapshots,
            MeterRegistry meters,
            Followers followers) {
        return new KafkaTail(
                consumers,
                settings,
                sessions,
                board,
                reloads,
                services,
                analyzers::announce,
                runs::announce,
                rules,
                held,
                snapshots,
                meters,
                followers);
    }

    @Bean
    ServiceLife serviceLife(
            GatewaySettings settings,
            @Value("${spring.application.name}") String service,
            @Value("${spring.application.version:unbuilt}") String version,
            Followers followers) {
        return ServiceLife.begin(service, settings.processId(), version, followers);
    }

    @Bean
    Herald herald(GatewaySettings settings, ServiceLife life, KafkaTail tail) {
        return new Herald(() ->
                new ServiceHerald(
                        life,
                        settings.kafkaServers(),
                        () -> tail.connection() == KafkaTail.Connection.FOLLOWING,
                        settings.reloads().speakEvery()));
    }

    @Bean("tailHealthIndicator")
    HealthIndicator tailHealth(KafkaTail tail, Followers followers) {
        return new TailHealth(tail, followers);
    }
}
