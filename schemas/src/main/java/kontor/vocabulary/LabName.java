package kontor.vocabulary;

/**
 * The name of a lab: the Kafka key of all that happens in it.
 *
 * @param value lower-case letters, digits and hyphens, beginning with a letter, 63 at most
 */
public record LabName(String value) {

    /**
     * @throws IllegalArgumentException if the name is not of that form
     */
    public LabName {
        Names.require("a lab", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
