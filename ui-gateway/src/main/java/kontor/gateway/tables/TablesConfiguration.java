package kontor.gateway.tables;

import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import org.springframework.boot.jdbc.health.DataSourceHealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class TablesConfiguration {

    private static final Duration FRESH = Duration.ofMillis(500);

    /** In the place of Spring Boot's, under whose name readiness includes it. */
    @Bean("dbHealthIndicator")
    ReactiveHealthIndicator databaseHealth(DataSource source) {
        return new DatabaseHealth(new DataSourceHealthIndicator(source), FRESH);
    }
}
