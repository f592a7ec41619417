package kontor.orchestrator;

import kontor.journal.JournalConfiguration;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Import;

/** Starts the orchestrator, which hosts the journal unless that is a process of its own. */
@SpringBootApplication
@Import(JournalConfiguration.class)
public class OrchestratorApplication {

    public static void main(String[] args) {
        SpringApplication.run(OrchestratorApplication.class, args);
    }
}
