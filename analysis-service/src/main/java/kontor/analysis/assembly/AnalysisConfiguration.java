package kontor.analysis.assembly;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import kontor.analysis.analyzer.AnalyzerRegistry;
import kontor.analysis.anno.AnnoAnalyzer;
import kontor.analysis.anno.Limits;
import kontor.analysis.kafka.AnalysisWorker;
import kontor.analysis.kafka.RunWorker;
import kontor.analysis.kaitai.KsyCompiler;
import kontor.analysis.runtime.AnalysisMeters;
import kontor.analysis.runtime.AnalysisSettings;
import kontor.analysis.runtime.Connection;
import kontor.analysis.sandbox.AnalyzerLoader;
import kontor.analysis.sandbox.AnalyzerWorkshop;
import kontor.analysis.sandbox.LoadedAnalyzers;
import kontor.analysis.sandbox.SandboxedAnalyzer;
import kontor.analysis.store.AnalysisStore;
import kontor.analysis.store.RunStore;
import kontor.topics.Followers;
import kontor.topics.ServiceHerald;
import kontor.topics.ServiceLife;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.ProducerFactory;

/** Wires the service. */
@Configuration(proxyBeanMethods = false)
class AnalysisConfiguration {

    private static final List<String> ANNO_PACKAGES =
            List.of(
                    "kontor.analysis.anno",
                    "kontor.analysis.directplay",
                    "kontor.analysis.dissect",
                    "kontor.analysis.reassembly",
                    "kontor.analysis.x642");

    @Bean
    AnalyzerRegistry analyzerRegistry(AnalysisSettings settings) {
        Limits limits =
                new Limits(
                        Math.toIntExact(settings.stream().buffer().toBytes()),
                        settings.stream().parts(),
                        Math.toIntExact(settings.stream().search().toBytes()),
                        settings.fieldsPerMessage());
        return new AnalyzerRegistry(
                List.of(new AnnoAnalyzer(ContentVersion.of(ANNO_PACKAGES), limits)));
    }

    @Bean
    AnalysisStore analysisStore(DataSource dataSource) {
        return new AnalysisStore(dataSource);
    }

    @Bean
    AnalysisMeters analysisMeters(MeterRegistry registry) {
        return new AnalysisMeters(registry);
    }

    /** The readers of logs in this process. */
    @Bean
    Followers followers() {
        return Followers.none();
    }

    @Bean
    Connection connection(Followers followers, AnalysisMeters meters) {
        Followers.Follower follower = followers.add("analysis");
        meters.show(follower);
        return new Connection(follower);
    }

    @Bean
    AnalysisWorker analysisWorker(
            ConsumerFactory<String, byte[]> consumers,
            ProducerFactory<String, byte[]> producers,
            AnalysisSettings settings,
            AnalyzerRegistry registry,
            AnalysisStore store,
            AnalysisMeters meters,
            Connection connection,
            LoadedAnalyzers loaded) {
        return new AnalysisWorker(
                consumers, producers, settings, registry, store, meters, connection, loaded);
    }

    @Bean
    LoadedAnalyzers loadedAnalyzers() {
        return new LoadedAnalyzers();
    }

    @Bean
    AnalyzerLoader analyzerLoader(AnalysisSettings settings) {
        AnalysisSettings.Users users = settings.users();
        return new AnalyzerLoader(
                ContentVersion.of(List.of("kontor.analyzers")),
                new SandboxedAnalyzer.Limits(
                        users.steps(), users.allocation().toBytes(), settings.fieldsPerMessage()),
                new KsyCompiler(users.kaitai(), Duration.ofSeconds(30)));
    }

    @Bean
    AnalyzerWorkshop analyzerWorkshop(
            AnalysisSettings settings, LoadedAnalyzers loaded, AnalyzerLoader loader) {
        AnalysisSettings.Users users = settings.users();
        return new AnalyzerWorkshop(users.directory(), users.lookEvery(), loaded, loader);
    }

    @Bean
    RunWorker runWorker(
            ConsumerFactory<String, byte[]> consumers,
            ProducerFactory<String, byte[]> producers,
            AnalysisSettings settings,
            AnalyzerRegistry registry,
            AnalysisStore store,
            Connection connection,
            DataSource dataSource,
            LoadedAnalyzers loaded,
            AnalyzerLoader loader) {
        return new RunWorker(
                consumers,
                producers,
                settings.retryDelay(),
                registry,
                store,
                connection,
                new RunStore(dataSource),
                loaded,
                loader);
    }

    @Bean
    ServiceLife serviceLife(
            AnalysisSettings settings,
            @Value("${spring.application.name}") String service,
            @Value("${spring.application.version:unbuilt}") String version,
            Followers followers) {
        return ServiceLife.begin(service, settings.processId(), version, followers);
    }

    /** Publishes readiness on Kafka, for processes that wait for this one. */
    @Bean(initMethod = "start", destroyMethod = "close")
    ServiceHerald serviceHerald(
            AnalysisSettings settings, ServiceLife life, Connection connection) {
        return new ServiceHerald(
                life, settings.kafkaServers(), connection::isEstablished, settings.speakEvery());
    }

    /** Part of readiness: see application.yaml. */
    @Bean
    HealthIndicator analysisHealthIndicator(Connection connection) {
        return () ->
                connection.isEstablished()
                        ? Health.up().build()
                        : Health.down().withDetail("waitingFor", connection.waitingFor()).build();
    }
}
