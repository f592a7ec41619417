package kontor.captures.reading;

/**
 * How the frames of an interface begin.
 *
 * @param number as in the pcap link-type registry
 */
public record LinkType(int number) {

    public static final LinkType NULL = new LinkType(0);
    public static final LinkType ETHERNET = new LinkType(1);
    public static final LinkType RAW = new LinkType(101);
    public static final LinkType LOOP = new LinkType(108);
    public static final LinkType LINUX_COOKED = new LinkType(113);
    public static final LinkType IPV4 = new LinkType(228);
    public static final LinkType LINUX_COOKED_2 = new LinkType(276);

    /** All that frames are read of, for messages. */
    public static final String SUPPORTED =
            "Ethernet, raw IPv4, BSD loopback, and Linux cooked capture 1 and 2";

    /** Whether frames of this type are read; those of others are only counted. */
    public boolean supported() {
        return equals(NULL)
                || equals(ETHERNET)
                || equals(RAW)
                || equals(LOOP)
                || equals(LINUX_COOKED)
                || equals(IPV4)
                || equals(LINUX_COOKED_2);
    }

    /** Number and, where it is well known, name: "link type 105 (IEEE 802.11)". */
    @Override
    public String toString() {
        String name = name();
        return "link type " + number + (name.isEmpty() ? "" : " (" + name + ")");
    }

    private String name() {
        return switch (number) {
            case 0 -> "BSD loopback";
            case 1 -> "Ethernet";
            case 6 -> "Token Ring";
            case 8 -> "SLIP";
            case 9 -> "PPP";
            case 10 -> "FDDI";
            case 12, 14 -> "raw IP of some systems";
            case 50 -> "PPP over serial";
            case 51 -> "PPP over Ethernet";
            case 101 -> "raw IP";
            case 105 -> "IEEE 802.11";
            case 108 -> "OpenBSD loopback";
            case 113 -> "Linux cooked";
            case 119 -> "IEEE 802.11 with Prism header";
            case 127 -> "IEEE 802.11 with radiotap header";
            case 189, 220 -> "USB of Linux";
            case 228 -> "raw IPv4";
            case 229 -> "raw IPv6";
            case 239 -> "Netfilter log";
            case 249 -> "USBPcap";
            case 276 -> "Linux cooked 2";
            default -> "";
        };
    }
}
