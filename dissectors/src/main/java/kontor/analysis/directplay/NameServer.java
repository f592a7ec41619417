package kontor.analysis.directplay;

/** IAMNAMESERVER 0x35: a new host (docs/protocol/directplay4.md). Seen in no capture. */
final class NameServer {

    private NameServer() {}

    static String read(Body body) {
        body.id("dplay.type_35.id_to", "To");
        long host = body.id("dplay.type_35.host_id", "System player of the new host");
        body.hex("dplay.type_35.flags", "Flags");
        long length = body.u32("dplay.type_35.sp_data_size", "Service provider data length");
        if (body.in().isIntact()) {
            ServiceProviderData.read(body.in(), "dplay.type_35.sp_data", length);
        }
        return body.show(host);
    }
}
