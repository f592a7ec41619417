package kontor.analysis.analyzer;

/**
 * Between whom.
 *
 * @param to empty where it went to several, or to nobody known
 */
public record Route(String from, String to) {}
