package kontor.launcher.plan;

import java.nio.file.Path;

/**
 * A jar that a build produced: a service, or the command.
 *
 * @param fingerprint differs for every build; fit for a file name
 */
public record BootJar(Path path, String fingerprint) {}
