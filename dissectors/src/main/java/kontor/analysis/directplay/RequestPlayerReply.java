package kontor.analysis.directplay;

import java.util.Map;
import kontor.analysis.dissect.Cursor;
import kontor.analysis.dissect.WordView;

/** REQUESTPLAYERREPLY 0x07: the id, or why there is none (docs/protocol/directplay4.md). */
final class RequestPlayerReply {

    private static final Map<Long, String> ALGORITHMS =
            Map.of(
                    0L, "default",
                    0x6601L, "DES",
                    0x6602L, "RC2",
                    0x6603L, "3DES",
                    0x6611L, "AES",
                    0x6801L, "RC4");

    private RequestPlayerReply() {}

    static String read(Body body) {
        long id = body.id("dplay.type_07.dpid", "Id");
        body.in().group("dplay.sd", "Security description", RequestPlayerReply::readSecurity);
        long signing = body.u32("dplay.type_07.sspi_offset", "SSPI provider offset");
        long encryption = body.u32("dplay.type_07.capi_offset", "CAPI provider offset");
        long result = body.in().u32("dplay.type_07.hresult", "Result", Results.view());
        body.textAt("dplay.type_07.sspi", "SSPI provider", signing);
        body.textAt("dplay.type_07.capi", "CAPI provider", encryption);
        return result == 0 ? body.show(id) : Results.show(result);
    }

    private static String readSecurity(Cursor in) {
        in.u32("dplay.sd.size", "Size");
        in.u32("dplay.sd.flags", "Flags", WordView.hex());
        in.u32("dplay.sd.sspi", "SSPI provider pointer", WordView.hex());
        in.u32("dplay.sd.capi", "CAPI provider pointer", WordView.hex());
        in.u32("dplay.sd.capi_type", "CAPI provider type", WordView.hex());
        WordView algorithm = WordView.hexNamed(code -> ALGORITHMS.getOrDefault(code, ""));
        in.u32("dplay.sd.enc_alg", "Encryption", algorithm);
        return "";
    }
}
