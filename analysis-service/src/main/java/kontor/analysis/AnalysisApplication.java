package kontor.analysis;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Starts the service. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class AnalysisApplication {

    /** Starts with broker and database away too, and waits for them. */
    public static void main(String[] args) {
        SpringApplication.run(AnalysisApplication.class, args);
    }
}
