package kontor.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import java.util.Arrays;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Holds what reads some fields of a message against the generated parser. */
final class AgainstParser {

    private AgainstParser() {}

    /** Makes something of an encoded message. */
    interface Reading<R> {

        R of(byte[] encoded) throws InvalidProtocolBufferException;
    }

    /**
     * Asserts that of a message, and of all that is left of it where its end is cut off, both say
     * the same, or both that it is no message.
     */
    static <R> void assertSame(byte[] whole, Reading<R> reading, Reading<R> parsing)
            throws InvalidProtocolBufferException {
        for (int length = 0; length <= whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            @Nullable R parsed = orNull(parsing, cut);
            if (parsed != null) {
                assertThat(reading.of(cut)).isEqualTo(parsed);
            } else {
                assertThatThrownBy(() -> reading.of(cut))
                        .isInstanceOf(InvalidProtocolBufferException.class);
            }
        }
    }

    /** The sample with each kind of its oneof in turn, empty. */
    static <M extends Message> Stream<M> ofEachKind(Class<M> type, M sample) {
        return sample.getDescriptorForType().getOneofs().getFirst().getFields().stream()
                .map(kind ->
                        type.cast(
                                sample.toBuilder()
                                        .setField(
                                                kind,
                                                DynamicMessage.getDefaultInstance(
                                                        kind.getMessageType()))
                                        .build()));
    }

    private static <R> @Nullable R orNull(Reading<R> parsing, byte[] encoded) {
        try {
            return parsing.of(encoded);
        } catch (InvalidProtocolBufferException e) {
            return null;
        }
    }
}
