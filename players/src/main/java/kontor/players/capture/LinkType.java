package kontor.players.capture;

/** How the frames of an interface begin; numbers are those of the pcap link-type registry. */
public enum LinkType {
    NULL(0),
    ETHERNET(1),
    RAW(101),
    LINUX_COOKED(113),
    IPV4(228),
    LINUX_COOKED_2(276),
    /** None of these: its frames are counted, not read. */
    OTHER(-1);

    private final int number;

    LinkType(int number) {
        this.number = number;
    }

    static LinkType of(int number) {
        for (LinkType type : values()) {
            if (type.number == number) {
                return type;
            }
        }
        return OTHER;
    }
}
