package kontor.topics;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import kontor.log.SessionEventHead;
import kontor.sessions.v1.SessionEvent;
import kontor.sessions.v1.SessionEvent.WhatCase;
import org.jspecify.annotations.Nullable;

/** Reads the head of an encoded {@link SessionEvent}; steps over all that it does not say. */
final class EncodedSessionEvent implements EncodedFields.Reader {

    private static final int NUMBER = WireFormat.WIRETYPE_VARINT;
    private static final int MESSAGE = WireFormat.WIRETYPE_LENGTH_DELIMITED;
    private static final int SEQUENCE = SessionEvent.SESSION_SEQUENCE_FIELD_NUMBER << 3 | NUMBER;
    private static final int EPOCH = SessionEvent.OWNER_EPOCH_FIELD_NUMBER << 3 | NUMBER;
    private static final int MICROS = SessionEvent.SEQUENCED_AT_MICROS_FIELD_NUMBER << 3 | NUMBER;

    private long sequence;
    private long ownerEpoch;
    private long sequencedAtMicros;
    private boolean claim;

    private EncodedSessionEvent() {}

    /**
     * Reads the head as the generated parser does: a field that is absent has its default, of one
     * that is there twice the last counts.
     *
     * @throws InvalidProtocolBufferException if it is no message; bytes inside a field that is
     *     stepped over are not looked at
     */
    static SessionEventHead head(byte[] encoded) throws InvalidProtocolBufferException {
        EncodedSessionEvent event = new EncodedSessionEvent();
        EncodedFields.read(encoded, event);
        return new SessionEventHead(
                event.sequence, event.ownerEpoch, event.sequencedAtMicros, event.claim);
    }

    @Override
    public boolean read(int tag, CodedInputStream in) throws IOException {
        switch (tag) {
            case SEQUENCE -> sequence = in.readUInt64();
            case EPOCH -> ownerEpoch = in.readUInt64();
            case MICROS -> sequencedAtMicros = in.readInt64();
            default -> {
                kind(tag);
                return false;
            }
        }
        return true;
    }

    private void kind(int tag) {
        @Nullable WhatCase known = WhatCase.forNumber(WireFormat.getTagFieldNumber(tag));
        if (known != null && WireFormat.getTagWireType(tag) == MESSAGE) {
            claim = known == WhatCase.OWNER_CLAIM;
        }
    }
}
