package kontor.gateway.access;

import java.net.InetAddress;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Under which names the gateway answers, and the pages of which origins may ask it.
 *
 * <p>A page of somebody else can let its own name point to this machine (DNS rebinding); its
 * requests then count as its own in the browser. The name in them gives it away. An address cannot
 * be pointed elsewhere, so where the gateway listens on all addresses any of them will do.
 */
public final class HostRule {

    private static final Pattern AUTHORITY =
            Pattern.compile("(?<host>\\[[0-9a-f:.]+]|[^\\[\\]:/@?#]+)(:(?<port>[0-9]{1,5}))?");
    private static final Pattern ORIGIN = Pattern.compile("https?://(?<authority>[^/]+)");

    private final InetAddress reached;
    private final Set<String> names;

    /**
     * @param reached the address at which it is reached
     * @param names more names that are its own
     */
    public HostRule(InetAddress reached, Collection<String> names) {
        this.reached = reached;
        this.names = names.stream().map(HostRule::normal).collect(Collectors.toSet());
    }

    /**
     * @param authority the request's Host: a name or an address, and maybe a port
     */
    public boolean answersTo(@Nullable String authority) {
        return authority != null && host(authority).filter(this::isOwn).isPresent();
    }

    /**
     * @param origin the request's Origin; null if there is none: not from another page, or not from
     *     a browser
     * @param authority the request's Host
     */
    public boolean admits(@Nullable String origin, @Nullable String authority) {
        if (origin == null) {
            return true;
        }
        Matcher parts = ORIGIN.matcher(normal(origin));
        if (!parts.matches()) {
            return false;
        }
        String from = parts.group("authority");
        return (authority != null && from.equals(normal(authority)))
                || host(from).filter(names::contains).isPresent();
    }

    private boolean isOwn(String host) {
        if (host.equals("localhost") || names.contains(host)) {
            return true;
        }
        return address(host)
                .filter(address ->
                        address.isLoopbackAddress()
                                || address.equals(reached)
                                || reached.isAnyLocalAddress())
                .isPresent();
    }

    private static Optional<String> host(String authority) {
        Matcher parts = AUTHORITY.matcher(normal(authority));
        return parts.matches() ? Optional.of(normal(parts.group("host"))) : Optional.empty();
    }

    private static Optional<InetAddress> address(String host) {
        String literal = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        try {
            return Optional.of(InetAddress.ofLiteral(literal));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Names differ neither by case nor by the dot of the root. */
    private static String normal(String name) {
        String lower = name.strip().toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }
}
