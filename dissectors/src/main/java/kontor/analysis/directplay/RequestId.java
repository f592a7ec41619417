package kontor.analysis.directplay;

import kontor.analysis.dissect.WordView;

/**
 * REQUESTPLAYERID 0x05 and REQUESTGROUPID 0x06: give me an id. For a system player it is the
 * request to join (docs/protocol/directplay4.md).
 */
final class RequestId {

    private static final WordView FLAGS = PlayerFlags.ofRequest();

    private RequestId() {}

    static String read(Body body) {
        long flags = body.in().u32("dplay.type_05.flags", "Flags", FLAGS);
        return (flags & PlayerFlags.SYSTEM_PLAYER) != 0 ? "for a system player" : "";
    }
}
