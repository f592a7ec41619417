package kontor.adapter.run;

import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.aot.AbstractAotProcessor;
import org.springframework.core.env.Environment;

/**
 * Looks at the lab file before anything else starts: a mistake in it is reported within a second.
 */
final class LabFileCheck implements ApplicationListener<ApplicationEnvironmentPreparedEvent> {

    @Override
    public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
        if (Boolean.getBoolean(AbstractAotProcessor.AOT_PROCESSING)) {
            return; // A build has no lab.
        }
        Environment environment = event.getEnvironment();
        String labFile = environment.getRequiredProperty("kontor.lab-file");
        for (String instance :
                AdapterSettings.names(environment.getRequiredProperty("kontor.instance"))) {
            LabPlace.read(labFile, instance);
        }
    }
}
