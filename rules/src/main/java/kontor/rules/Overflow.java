package kontor.rules;

import java.util.regex.Pattern;

/**
 * Why a datagram is lost that no rule loses: what may wait has a bound. A session event says so in
 * these words, by which readers that check the rules' decisions recognise it.
 */
public final class Overflow {

    private static final String QUEUE_FULL = "the queue of the rate is full";

    /** Behind what rules say of themselves, in brackets, or alone. */
    private static final Pattern SAID =
            Pattern.compile(
                    "(?:^|[ (])[0-9]+ wait already(?:[,)]|$)|: " + QUEUE_FULL + "(?:[,)]|$)");

    private Overflow() {}

    /** So many packets of the lab wait. */
    public static String tooMany(int waiting) {
        return "%d wait already".formatted(waiting);
    }

    /** It would wait too long for a rule's rate. */
    public static String queueIsFull(String rule) {
        return rule + ": " + QUEUE_FULL;
    }

    /** Whether the detail of a session event says so. */
    public static boolean isSaidIn(String detail) {
        return SAID.matcher(detail).find();
    }
}
