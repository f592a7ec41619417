package kontor.captures.reading;

/**
 * An interface that frames were captured on.
 *
 * @param name empty where the file gives none
 * @param description so, too
 */
public record CaptureInterface(String name, String description, LinkType linkType) {

    public CaptureInterface(String name, LinkType linkType) {
        this(name, "", linkType);
    }
}
