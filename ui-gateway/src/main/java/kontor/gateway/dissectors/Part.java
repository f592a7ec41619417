package kontor.gateway.dissectors;

import java.util.List;
import java.util.Map;

/** A part of a message, behind the part before it. Numbers have their lowest byte first. */
sealed interface Part {

    /** As filters call it. */
    String field();

    /** How a number is shown. */
    enum View {
        DECIMAL,
        HEX,
        SIGNED
    }

    /**
     * A number.
     *
     * @param width 1, 2 or 4 bytes
     */
    record Word(String field, int width, View view) implements Part {}

    /** A text of 8-bit characters that ends at its first zero; shorter where the message ends. */
    record Text(String field, int length) implements Part {}

    /** All that is left. */
    record Rest(String field) implements Part {}

    /**
     * Parts that come several times.
     *
     * @param count field with the number of times; empty if {@code times} says it
     */
    record Repeated(String field, String count, int times, List<Part> parts) implements Part {

        public Repeated {
            parts = List.copyOf(parts);
        }
    }

    /**
     * A name for a number that was read before, where others have certain values.
     *
     * @param of field of the number
     * @param where values by field
     */
    record Derived(String field, String of, Map<String, Long> where) implements Part {

        public Derived {
            where = Map.copyOf(where);
        }
    }
}
