package kontor.players.figures;

import java.util.Locale;

/** What a figure's ratio to its limit is to be. */
public sealed interface Target {

    boolean reachedBy(double ratio);

    /** Whether a second ratio is worse than {@code factor} times the first. */
    boolean worse(double ratio, double recorded, double factor);

    /** For a person. */
    String text();

    /** Less is better. */
    record AtMost(double ratio) implements Target {

        @Override
        public boolean reachedBy(double measured) {
            return measured <= ratio;
        }

        @Override
        public boolean worse(double measured, double recorded, double factor) {
            return measured > recorded * factor;
        }

        @Override
        public String text() {
            return "<= " + number(ratio);
        }
    }

    /** More is better. */
    record AtLeast(double ratio) implements Target {

        @Override
        public boolean reachedBy(double measured) {
            return measured >= ratio;
        }

        @Override
        public boolean worse(double measured, double recorded, double factor) {
            return measured < recorded / factor;
        }

        @Override
        public String text() {
            return ">= " + number(ratio);
        }
    }

    private static String number(double ratio) {
        return String.format(Locale.ROOT, "%.2g", ratio);
    }
}
