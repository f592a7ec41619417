package kontor.captures.reading;

/**
 * An interface that frames were captured on.
 *
 * @param name empty where the file gives none
 */
public record CaptureInterface(String name, LinkType linkType) {}
