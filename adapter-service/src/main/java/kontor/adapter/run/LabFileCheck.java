package kontor.adapter.run;

import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.env.Environment;

/** Looks at the lab file before anything else starts: a mistake in it is told within a second. */
final class LabFileCheck implements ApplicationListener<ApplicationEnvironmentPreparedEvent> {

    @Override
    public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
        Environment environment = event.getEnvironment();
        LabPlace.read(
                environment.getRequiredProperty("kontor.lab-file"),
                environment.getRequiredProperty("kontor.instance"));
    }
}
