package kontor.rules;

import kontor.filters.Filter;
import kontor.vocabulary.Bytes;
import org.jspecify.annotations.Nullable;

/** What a rule does with a packet. */
public sealed interface RuleAction {

    /**
     * Gives a field another value; its length stays. Where a message has the field several times,
     * each is set.
     *
     * @param value a number, a text, an address or bytes in hexadecimal digits
     * @param where which of them: a filter on the fields of the group that holds the field; null:
     *     all
     * @param mask of a number: the bits that are set; the others stay
     */
    record SetField(String field, String value, @Nullable Filter where, long mask)
            implements RuleAction {

        static final long ALL = -1;

        @Override
        public String toString() {
            String chosen = where == null ? "" : " where " + where.text();
            return "set %s to %s%s mask %x".formatted(field, value, chosen, mask);
        }
    }

    /**
     * Puts bytes in the place of others.
     *
     * @param offset of the first byte; negative: from the end
     * @param length how many bytes are replaced: not the same number changes the length
     */
    record Patch(int offset, int length, Bytes bytes) implements RuleAction {}

    /** Puts other bytes in the place of the packet or message. */
    record Replace(Bytes bytes) implements RuleAction {}

    /** Is not passed on. */
    record Drop() implements RuleAction {}

    /**
     * Is passed on several times.
     *
     * @param times in all, the original included
     */
    record Duplicate(int times) implements RuleAction {}

    /** Gets a mark that rules behind this one, and filters, can ask for. */
    record Tag(String tag) implements RuleAction {}

    /**
     * What a bad network does with datagrams. Which ones it hits follows from the seed, the sending
     * instance, the adapter sequence and the recipient: decided again, it is the same.
     *
     * @param lossPerMillion how many of a million are lost
     * @param duplicatePerMillion how many of a million come twice
     * @param delayMicros how long each is on its way
     * @param jitterMicros by how much longer or shorter that is at most; their order stays
     * @param reorderPerMillion how many of a million are not delayed: they overtake
     * @param bytesPerSecond how many bytes of payload pass between two instances; 0: any number
     * @param queueMicros one that would wait longer than this for the rate is lost
     */
    record Impair(
            long seed,
            int lossPerMillion,
            int duplicatePerMillion,
            long delayMicros,
            long jitterMicros,
            int reorderPerMillion,
            long bytesPerSecond,
            long queueMicros)
            implements RuleAction {

        /** Whether what it passes on leaves later than it came. */
        boolean delays() {
            return delayMicros > 0 || jitterMicros > 0 || bytesPerSecond > 0;
        }
    }

    /**
     * Waits for a person, and what is behind it on its way too.
     *
     * @param forMicros goes on by itself after this time, in which no game stands still
     * @param freezeMicros so long the games of the lab stand still meanwhile at most; 0: they go on
     */
    record Hold(long forMicros, long freezeMicros) implements RuleAction {}

    /**
     * Waits for what code says of it, for one recipient.
     *
     * @param hash of the code's text: other code is another rule
     */
    record Code(String hash) implements RuleAction {}
}
