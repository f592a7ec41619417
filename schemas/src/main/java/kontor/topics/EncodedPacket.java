package kontor.topics;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import kontor.packets.v1.AdapterEvent;
import kontor.packets.v1.AdapterEvent.WhatCase;
import org.jspecify.annotations.Nullable;

/**
 * What the headers of a packet's record say, read off an encoded {@link AdapterEvent}. All other
 * fields, payload first of all, are stepped over and not decoded.
 *
 * @param what which kind of event is inside
 */
record EncodedPacket(String lab, String instance, String run, long sequence, WhatCase what) {

    private static final int TEXT = WireFormat.WIRETYPE_LENGTH_DELIMITED;
    private static final int MESSAGE = WireFormat.WIRETYPE_LENGTH_DELIMITED;
    private static final int LAB = AdapterEvent.LAB_FIELD_NUMBER << 3 | TEXT;
    private static final int INSTANCE = AdapterEvent.INSTANCE_FIELD_NUMBER << 3 | TEXT;
    private static final int RUN = AdapterEvent.RUN_ID_FIELD_NUMBER << 3 | TEXT;
    private static final int SEQUENCE =
            AdapterEvent.ADAPTER_SEQUENCE_FIELD_NUMBER << 3 | WireFormat.WIRETYPE_VARINT;

    /**
     * Reads the fields as the generated parser does: one that is absent has its default, of one
     * that is there twice the last counts. Bytes inside a kind of event are not looked at.
     *
     * @throws InvalidProtocolBufferException if it is no message
     */
    static EncodedPacket read(byte[] encoded) throws InvalidProtocolBufferException {
        Fields fields = new Fields();
        EncodedFields.read(encoded, fields);
        return new EncodedPacket(
                fields.lab, fields.instance, fields.run, fields.sequence, fields.what);
    }

    private static final class Fields implements EncodedFields.Reader {

        private String lab = "";
        private String instance = "";
        private String run = "";
        private long sequence;
        private WhatCase what = WhatCase.WHAT_NOT_SET;

        @Override
        public boolean read(int tag, CodedInputStream in) throws IOException {
            switch (tag) {
                case LAB -> lab = in.readStringRequireUtf8();
                case INSTANCE -> instance = in.readStringRequireUtf8();
                case RUN -> run = in.readStringRequireUtf8();
                case SEQUENCE -> sequence = in.readUInt64();
                default -> {
                    what = kind(tag, what);
                    return false;
                }
            }
            return true;
        }

        private static WhatCase kind(int tag, WhatCase before) {
            @Nullable WhatCase known = WhatCase.forNumber(WireFormat.getTagFieldNumber(tag));
            return known == null || WireFormat.getTagWireType(tag) != MESSAGE ? before : known;
        }
    }
}
