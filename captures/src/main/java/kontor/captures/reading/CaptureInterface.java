package kontor.captures.reading;

/**
 * An interface that frames were captured on.
 *
 * @param name empty if the file gives none
 * @param description empty if the file gives none
 */
public record CaptureInterface(String name, String description, LinkType linkType) {

    public CaptureInterface(String name, LinkType linkType) {
        this(name, "", linkType);
    }
}
