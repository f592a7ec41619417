package kontor.gateway.http;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Optional;
import kontor.gateway.access.AccessRefusedException;
import kontor.gateway.access.Exposure;
import kontor.gateway.access.HostRule;
import kontor.gateway.access.Token;
import kontor.gateway.settings.GatewaySettings;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementPortType;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementServerProperties;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Who may use this gateway, by its settings. Where they leave it open to everybody there is none,
 * and the gateway does not start.
 */
@Component
final class AccessRules {

    private static final String MANAGEMENT = "/actuator/";

    private final Optional<Token> token;
    private final HostRule hosts;
    private final Optional<HostRule> managementHosts;
    private final boolean managementApart;

    AccessRules(
            GatewaySettings settings,
            ServerProperties server,
            ManagementServerProperties management,
            Environment environment) {
        GatewaySettings.Access access = settings.access();
        Exposure exposure =
                new Exposure(boundBy(server.getAddress()), published(access.publishedAddress()));
        this.token =
                access.tokenFile().isBlank()
                        ? Optional.empty()
                        : Optional.of(TokenFile.read(Path.of(access.tokenFile().strip())));
        exposure.requireToken(token);
        this.hosts = new HostRule(exposure.reached(), access.allowedHosts());
        this.managementApart = ManagementPortType.get(environment) == ManagementPortType.DIFFERENT;
        InetAddress ofManagement = boundBy(management.getAddress());
        // Elsewhere than on loopback it is asked by whatever name others have for it.
        this.managementHosts =
                ofManagement.isLoopbackAddress()
                        ? Optional.of(new HostRule(ofManagement, access.allowedHosts()))
                        : Optional.empty();
    }

    /** Empty if none is asked for. */
    Optional<Token> token() {
        return token;
    }

    /** The rule that counts for a path; empty if none does. */
    Optional<HostRule> hosts(String path) {
        return isManagement(path) ? managementHosts : Optional.of(hosts);
    }

    /** Whether it is served by the management port, and by no other. */
    boolean isManagement(String path) {
        return managementApart && path.startsWith(MANAGEMENT);
    }

    private static InetAddress boundBy(@Nullable InetAddress address) {
        return address == null ? InetAddress.ofLiteral("0.0.0.0") : address;
    }

    private static Optional<InetAddress> published(String address) {
        try {
            return address.isBlank()
                    ? Optional.empty()
                    : Optional.of(InetAddress.ofLiteral(address.strip()));
        } catch (IllegalArgumentException e) {
            throw new AccessRefusedException(
                    "KONTOR_PUBLISHED_ADDRESS is '%s', which is no address.".formatted(address),
                    "Give it as numbers, like 127.0.0.1, or leave it out.");
        }
    }
}
