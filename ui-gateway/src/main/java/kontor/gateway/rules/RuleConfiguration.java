package kontor.gateway.rules;

import java.io.IOException;
import java.util.List;
import kontor.gateway.control.ControlRequests;
import kontor.gateway.control.ControlRequests.KafkaAwayException;
import kontor.gateway.instances.InstanceBoard;
import kontor.gateway.settings.GatewaySettings;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class RuleConfiguration {

    @Bean(initMethod = "start", destroyMethod = "close")
    RuleKeeper ruleKeeper(
            GatewaySettings settings,
            RuleBoard rules,
            InstanceBoard instances,
            ControlRequests requests) {
        return new RuleKeeper(
                new RuleDirectory(settings.rules().directory()),
                settings.rules().lookEvery(),
                rules,
                () -> List.copyOf(instances.labs()),
                (lab, files, author) -> {
                    try {
                        requests.setRules(lab, files, author);
                    } catch (KafkaAwayException e) {
                        throw new IOException(e.getMessage(), e);
                    }
                });
    }
}
