package kontor.analysis.directplay;

/**
 * PING 0x16 and PINGREPLY 0x17. The id is the sender's system player, in the reply too
 * (docs/protocol/directplay4.md).
 */
final class Ping {

    private Ping() {}

    static String read(Body body) {
        long from = body.id("dplay.ping.id_from", "From");
        long tick = body.u32("dplay.ping.tick_count", "Tick count");
        return body.show(from) + " tick " + tick;
    }
}
