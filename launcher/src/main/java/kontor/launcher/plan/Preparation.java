package kontor.launcher.plan;

import java.nio.file.Path;

/** A step on disk that a process needs before its start. All are idempotent. */
public sealed interface Preparation {

    /** PostgreSQL's programs, unpacked from their jar. */
    record UnpackDatabase(Path jar, Path programs) implements Preparation {}

    /** An empty database cluster, made by {@code initdb} of those programs. */
    record InitialiseDatabase(Path programs, Path cluster) implements Preparation {}

    /** The broker's settings. */
    record WriteBrokerSettings(Path file, String text) implements Preparation {}

    /** The broker's key and certificate for guests, made once for each address. */
    record MakeGuestCertificate(Path directory, Guests guests) implements Preparation {}

    /** A copy of a jar, for processes that run from it: the next build does not replace it. */
    record CopyJar(Path jar, Path copy) implements Preparation {}

    /** The layout of a boot jar that starts faster than the jar itself. */
    record ExtractBootJar(String module, Path jar, Path layout) implements Preparation {}
}
