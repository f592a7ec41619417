package kontor.players.replay;

import java.time.Duration;

/**
 * How fast a capture is played back.
 *
 * @param factor times as fast as recorded; infinite for as fast as possible
 */
public record Speed(double factor) {

    public static final Speed AS_RECORDED = new Speed(1);

    /** No waiting but for what a game must have received first. */
    public static final Speed MAX = new Speed(Double.POSITIVE_INFINITY);

    /**
     * @throws IllegalArgumentException if the factor is not above zero
     */
    public Speed {
        if (!(factor > 0)) {
            throw new IllegalArgumentException(
                    "%s is no speed: allowed are numbers above 0, or max".formatted(factor));
        }
    }

    /**
     * From {@code "max"} or a number like {@code "2.5"}.
     *
     * @throws IllegalArgumentException on anything else
     */
    public static Speed parse(String text) {
        if (text.equals("max")) {
            return MAX;
        }
        try {
            return new Speed(Double.parseDouble(text));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "'%s' is no speed: allowed are numbers above 0, or max".formatted(text), e);
        }
    }

    Duration scaled(long recordedNanos) {
        return Duration.ofNanos((long) (recordedNanos / factor));
    }

    @Override
    public String toString() {
        return Double.isInfinite(factor) ? "max" : Double.toString(factor);
    }
}
