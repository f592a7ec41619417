package kontor.local.plan;

import java.nio.file.Path;

/**
 * A built service.
 *
 * @param fingerprint another one for every build, fit for a file name
 */
public record BootJar(Path path, String fingerprint) {}
