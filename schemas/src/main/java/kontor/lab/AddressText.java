package kontor.lab;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * Reads addresses of a lab file. They are literals, never names: nothing is looked up. IPv4 is
 * written with four decimal numbers and no leading zeros, since other forms (127.1, 127.01.0.1,
 * 999) mean different addresses to different programs.
 */
final class AddressText {

    private AddressText() {}

    /**
     * Reads the address of a machine.
     *
     * @throws IllegalArgumentException if it is none; the message says what is allowed
     */
    static InetAddress machine(String text) {
        InetAddress address = literal(text);
        if (address.isAnyLocalAddress() || startsWithZero(address)) {
            throw refused(text, "stands for no machine in particular");
        }
        if (address.isMulticastAddress() || isReserved(address)) {
            throw refused(text, "is no machine's own: it is for multicast or broadcast");
        }
        return address;
    }

    /**
     * Reads an address that an adapter holds for another game.
     *
     * @throws IllegalArgumentException if it is none; the message says what is allowed
     */
    static InetAddress peer(String text) {
        InetAddress address = machine(text);
        if (address instanceof Inet6Address && address.isLoopbackAddress()) {
            throw refused(text, "cannot be held for another game: who calls it, calls from it");
        }
        return address;
    }

    /**
     * Reads a broadcast address.
     *
     * @throws IllegalArgumentException if it is none; the message says what is allowed
     */
    static InetAddress broadcast(String text) {
        InetAddress address = literal(text);
        if (!(address instanceof Inet4Address)) {
            throw new IllegalArgumentException(
                    "'%s' is no broadcast address: IPv6 has none".formatted(text));
        }
        return isLimitedBroadcast(address) ? address : machine(text);
    }

    /**
     * Reads an address and a port, as 127.0.0.1:5901 or [::1]:5901.
     *
     * @throws IllegalArgumentException if it is none; the message says what is allowed
     */
    static InetSocketAddress withPort(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException(
                    "'%s' is no address with port: allowed is 127.0.0.1:5901".formatted(text));
        }
        String host = text.substring(0, colon);
        PortSet port = PortSet.parse(text.substring(colon + 1));
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        if (port.size() != 1 || (host.contains(":") && !bracketed)) {
            throw new IllegalArgumentException(
                    "'%s' is no address with one port: allowed are 127.0.0.1:5901 and [::1]:5901"
                            .formatted(text));
        }
        return new InetSocketAddress(
                machine(bracketed ? host.substring(1, host.length() - 1) : host),
                port.stream().findFirst().orElseThrow());
    }

    private static InetAddress literal(String text) {
        InetAddress address;
        try {
            address = InetAddress.ofLiteral(text);
        } catch (IllegalArgumentException e) {
            throw refused(text, "is no address", e);
        }
        if (text.startsWith("[") || text.contains("%")) {
            throw refused(text, "is no address");
        }
        if (address instanceof Inet4Address && !address.getHostAddress().equals(text)) {
            throw refused(
                    text, "is not written out: that is " + address.getHostAddress() + " to some");
        }
        return address;
    }

    private static boolean startsWithZero(InetAddress address) {
        return address instanceof Inet4Address && address.getAddress()[0] == 0;
    }

    /** 240.0.0.0 and above, 255.255.255.255 among them. */
    private static boolean isReserved(InetAddress address) {
        return address instanceof Inet4Address && (address.getAddress()[0] & 0xF0) == 0xF0;
    }

    private static boolean isLimitedBroadcast(InetAddress address) {
        return address.getHostAddress().equals("255.255.255.255");
    }

    private static IllegalArgumentException refused(String text, String why) {
        return new IllegalArgumentException(message(text, why));
    }

    private static IllegalArgumentException refused(String text, String why, Throwable cause) {
        return new IllegalArgumentException(message(text, why), cause);
    }

    private static String message(String text, String why) {
        return "'%s' %s: allowed are literals like 127.1.0.2".formatted(text, why);
    }
}
