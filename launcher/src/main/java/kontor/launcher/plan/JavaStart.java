package kontor.launcher.plan;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How the JVMs of a stack start: the beginning of their command lines, and their caches. */
final class JavaStart {

    /**
     * For observers. Where processors are few, also for adapters and orchestrator without a trained
     * cache, because profiling and compiling would take processor time from relaying for minutes.
     */
    private static final List<String> FIRST_COMPILER = List.of("-XX:TieredStopAtLevel=1");

    /**
     * For processes on the packet path. With an AOT cache JDK 25 keeps the glue between its
     * interpreter and compiled code too, takes some of it for another's by its name, creates that
     * again and warns of each: of no use to anyone.
     */
    private static final List<String> BOTH_COMPILERS =
            List.of("-XX:+UnlockDiagnosticVMOptions", "-XX:-AOTAdapterCaching");

    private static final List<String> ONE_COLLECTOR_THREAD = List.of("-XX:+UseSerialGC");

    /**
     * For adapters and orchestrator: half of the heap instead of a third is for what is on its way,
     * as little else lives in them. So collections, each of which stops all packets, are rarer.
     * What is on its way meanwhile, up to 15 MB of an orchestrator's 256, has room among the
     * survivors and is gone one or two later; else it would be taken for old until a full
     * collection.
     */
    private static final List<String> ONE_COLLECTOR_THREAD_MOSTLY_YOUNG =
            List.of(
                    "-XX:+UseSerialGC",
                    "-XX:NewRatio=1",
                    "-XX:SurvivorRatio=4",
                    "-XX:TargetSurvivorRatio=90");

    /**
     * For the broker, whose young collections are the longest of the packet path. The sizes are
     * fixed, or its young generation would shrink to shorter pauses that come more often.
     */
    private static final List<String> TWO_COLLECTOR_THREADS =
            List.of("-XX:+UseParallelGC", "-XX:ParallelGCThreads=2", "-XX:-UseAdaptiveSizePolicy");

    private final Surroundings surroundings;

    JavaStart(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /**
     * The command without what is run; may be added to. Small and quick to start: few collector
     * threads; a cache besides.
     */
    List<String> command(int heapMegabytes, Role role) {
        return Stream.of(
                        List.of(surroundings.java().toString(), "-Xmx" + heapMegabytes + "m"),
                        collector(role),
                        compilers(role),
                        List.of(
                                "-XX:+ExitOnOutOfMemoryError",
                                "--enable-native-access=ALL-UNNAMED",
                                "--sun-misc-unsafe-memory-access=allow"),
                        surroundings.javaOptions())
                .flatMap(List::stream)
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private static List<String> collector(Role role) {
        return switch (role) {
            case BROKER -> TWO_COLLECTOR_THREADS;
            case ADAPTER, ORCHESTRATOR -> ONE_COLLECTOR_THREAD_MOSTLY_YOUNG;
            case DATABASE, SERVICE -> ONE_COLLECTOR_THREAD;
        };
    }

    private static List<String> compilers(Role role) {
        return switch (role) {
            case BROKER, ADAPTER, ORCHESTRATOR -> BOTH_COMPILERS;
            case DATABASE, SERVICE -> FIRST_COMPILER;
        };
    }

    private List<String> untrained(Role role) {
        return switch (role) {
            case ADAPTER, ORCHESTRATOR ->
                    surroundings.hasFewProcessors() ? FIRST_COMPILER : List.of();
            case BROKER, DATABASE, SERVICE -> List.of();
        };
    }

    /**
     * The cache of a JVM with this command line, as far as it does not differ from start to start.
     * The heap's size does not matter to it.
     *
     * @param role what this process is for
     * @param writes false for the second of two processes that would write the same one
     */
    @Nullable AotCache cache(List<String> command, Role role, Path layout, boolean writes) {
        if (surroundings.aotCaches() == AotCache.Use.WRITE && !writes) {
            return null;
        }
        List<String> decisive = command.stream().filter(word -> !word.startsWith("-Xmx")).toList();
        int same = Objects.hash(surroundings.javaVersion(), decisive);
        return new AotCache(
                layout.resolve("%08x.aot".formatted(same)),
                surroundings.aotCaches(),
                untrained(role));
    }
}
