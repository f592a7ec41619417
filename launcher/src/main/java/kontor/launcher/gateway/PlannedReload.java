package kontor.launcher.gateway;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import kontor.players.bench.Interruption;

/**
 * A reload, asked for and followed by way of the gateway.
 *
 * @param service as it calls itself
 */
public record PlannedReload(GatewayClient gateway, String lab, String service)
        implements Interruption {

    @Override
    public String name() {
        return "reload of " + service;
    }

    @Override
    public Optional<Duration> toStayBelow() {
        return Optional.of(Duration.ofSeconds(1));
    }

    @Override
    public Optional<String> run() throws InterruptedException {
        try {
            String id = gateway.requestReload(lab, service, false);
            ReloadAnswer outcome = gateway.followReload(id, GatewayClient.RELOAD_PATIENCE, _ -> {});
            return outcome.completed() ? Optional.empty() : Optional.of(outcome.result());
        } catch (IOException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }
}
