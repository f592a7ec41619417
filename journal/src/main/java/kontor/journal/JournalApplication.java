package kontor.journal;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;

/** Starts the journal as a process of its own; by default the orchestrator's process hosts it. */
@SpringBootApplication
public class JournalApplication {

    /** Not {@code application}: that name belongs to the process that hosts this module. */
    static final String CONFIG_NAME = "journal-service";

    public static void main(String[] args) {
        new SpringApplicationBuilder(JournalApplication.class)
                .properties("spring.config.name=" + CONFIG_NAME)
                .run(args);
    }
}
