package kontor.vocabulary;

/**
 * The name of a game instance in its lab, "game1"; part of the name of its command topic.
 *
 * @param value lower-case letters, digits and hyphens, beginning with a letter, 63 at most
 */
public record InstanceName(String value) implements Comparable<InstanceName> {

    /**
     * @throws IllegalArgumentException if the name is not of that form
     */
    public InstanceName {
        Names.require("an instance", value);
    }

    @Override
    public int compareTo(InstanceName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
