package kontor.launcher.plan;

import java.nio.file.Path;

/**
 * What a build made: a service, or the command.
 *
 * @param fingerprint another one for every build, fit for a file name
 */
public record BootJar(Path path, String fingerprint) {}
