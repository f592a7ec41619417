package kontor.analysis.directplay;

/**
 * The messages of secure sessions, which Anno has none of: CHALLENGE 0x1C, ACCESSGRANTED 0x1D,
 * NEGOTIATE 0x20, CHALLENGERESPONSE 0x21, SIGNED 0x22, KEYEXCHANGE 0x2B and its reply 0x2C
 * (docs/protocol/directplay4.md). Seen in no capture.
 */
final class Security {

    private Security() {}

    static String readToken(Body body) {
        long from = body.id("dplay.token_msg.from", "From");
        long length = body.u32("dplay.token_msg.size", "Token length");
        long offset = body.u32("dplay.token_msg.offset", "Token offset");
        if (body.in().isIntact() && length > 0) {
            body.at("Token", offset).raw("dplay.token_msg.token", "Token", length);
        }
        return "from " + body.show(from);
    }

    static String readAccessGranted(Body body) {
        long length = body.u32("dplay.type_1d.key_size", "Key length");
        long offset = body.u32("dplay.type_1d.key_offset", "Key offset");
        if (body.in().isIntact() && length > 0) {
            body.at("Key", offset).raw("dplay.type_1d.key", "Key", length);
        }
        return "";
    }

    static String readSigned(Body body) {
        long from = body.id("dplay.type_22.from", "From");
        long dataOffset = body.u32("dplay.type_22.data_offset", "Data offset");
        long dataLength = body.u32("dplay.type_22.data_size", "Data length");
        long signatureLength = body.u32("dplay.type_22.signature_size", "Signature length");
        body.hex("dplay.type_22.flags", "Flags");
        if (body.in().isIntact()) {
            var data = body.at("Data", dataOffset);
            String[] held = {""};
            data.group(
                    "dplay.type_22.data",
                    "Data",
                    dataLength,
                    signed -> {
                        held[0] = SystemMessage.readInner(signed, body);
                        return held[0];
                    });
            data.raw("dplay.type_22.signature", "Signature", signatureLength);
            return "from " + body.show(from) + ": " + held[0];
        }
        return "from " + body.show(from);
    }

    static String readKeyExchange(Body body) {
        for (int i = 1; i <= 4; i++) {
            body.hex("dplay.key_exchange.word_" + i, "Word " + i);
        }
        body.in().rest("dplay.key_exchange.keys", "Keys");
        return "";
    }
}
