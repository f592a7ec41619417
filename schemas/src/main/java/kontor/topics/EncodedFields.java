package kontor.topics;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Reads some fields of an encoded message and steps over the others, payload first of all, without
 * decoding them. One that is there twice is read twice: for the generated parser the last counts.
 */
final class EncodedFields {

    private EncodedFields() {}

    /** Takes the fields of one message, in the order in which they stand. */
    interface Reader {

        /**
         * Reads a field's value, if it is wanted.
         *
         * @param tag the field's number and its kind on the wire
         * @return whether it was read; what was not is stepped over
         */
        boolean read(int tag, CodedInputStream in) throws IOException;
    }

    /**
     * @throws InvalidProtocolBufferException if it is no message; bytes inside a field that is
     *     stepped over are not looked at
     */
    static void read(byte[] encoded, Reader reader) throws InvalidProtocolBufferException {
        CodedInputStream in = CodedInputStream.newInstance(encoded);
        try {
            for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
                if (!reader.read(tag, in) && !in.skipField(tag)) {
                    throw new InvalidProtocolBufferException("an end without a beginning");
                }
            }
        } catch (InvalidProtocolBufferException e) {
            throw e;
        } catch (IOException e) {
            throw new UncheckedIOException("an array cannot fail to be read", e);
        }
    }
}
