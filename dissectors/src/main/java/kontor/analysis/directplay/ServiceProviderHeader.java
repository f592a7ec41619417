package kontor.analysis.directplay;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import kontor.analysis.dissect.Bits;
import kontor.analysis.dissect.Cursor;
import kontor.analysis.dissect.WordView;

/** docs/protocol/directplay4.md, "Service provider header": 20 bytes. */
final class ServiceProviderHeader {

    static final int FROM_REMOTE = 0xFAB;
    static final int TO_FORWARD = 0xCAB;
    static final int FROM_SERVER = 0xBAB;

    /** Behind size and token. */
    private static final int ADDRESS_AT = 4;

    private static final Map<Integer, String> TOKENS =
            Map.of(
                    FROM_REMOTE, "from a remote machine",
                    TO_FORWARD, "to be forwarded to all servers",
                    FROM_SERVER, "from a DirectPlay server");

    private static final Map<Integer, String> SHOWN =
            TOKENS.entrySet().stream()
                    .collect(
                            Collectors.toUnmodifiableMap(
                                    Map.Entry::getKey,
                                    entry ->
                                            "0x%03X %s"
                                                    .formatted(entry.getKey(), entry.getValue())));

    private static final WordView SIZE_AND_TOKEN =
            WordView.bits(
                    List.of(
                            new Bits(Framing.SIZE_MASK, "dplay.size", "Size", Long::toString),
                            new Bits(
                                    0xFFF0_0000L,
                                    "dplay.token",
                                    "Token",
                                    ServiceProviderHeader::show)));

    private ServiceProviderHeader() {}

    static boolean isToken(int token) {
        return TOKENS.containsKey(token);
    }

    /** Twelve bits, and what they mean. */
    private static String show(long token) {
        String known = SHOWN.get((int) token);
        return known == null ? "0x%03X".formatted(token) : known;
    }

    static void read(Cursor in) {
        in.group(
                "dplay.header",
                "Service provider header",
                header -> {
                    header.u32("dplay.size_token", "Size and token", SIZE_AND_TOKEN);
                    SocketAddress.HEADER.read(header);
                },
                bytes -> SocketAddress.show(bytes.from(ADDRESS_AT)));
    }
}
