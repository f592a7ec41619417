package kontor.vocabulary;

/**
 * The name of a lab: the Kafka key of all that happens in it.
 *
 * @param value lower-case letters, digits and hyphens, beginning with a letter, 63 at most
 */
public record LabName(String value) {

    /** How the names of labs begin that imports are recorded in. */
    public static final String IMPORT_PREFIX = "import-";

    /**
     * @throws IllegalArgumentException if the name is not of that form
     */
    public LabName {
        Names.require("a lab", value);
    }

    /** Whether it is that of an import: nobody plays in it, and nobody is commanded. */
    public boolean isImport() {
        return value.startsWith(IMPORT_PREFIX);
    }

    @Override
    public String toString() {
        return value;
    }
}
