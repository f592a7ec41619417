package kontor.launcher.figures;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kontor.launcher.plan.ProcessSpec;

/**
 * A Spring Boot application that does nothing, from the libraries of a service: what a restart
 * cannot be quicker than. It ends by itself as soon as its context has started.
 */
final class EmptyApplication {

    private final List<String> command;
    private final Path cache;

    private EmptyApplication(List<String> command, Path cache) {
        this.command = List.copyOf(command);
        this.cache = cache;
    }

    /**
     * With the service's own JVM and options, and a cache that one start of it writes.
     *
     * @param service started with {@code -jar} from an unpacked layout
     * @param directory for the cache
     */
    static EmptyApplication like(ProcessSpec service, Path directory)
            throws IOException, InterruptedException {
        int jar = service.command().indexOf("-jar");
        Path libraries =
                Path.of(service.command().get(jar + 1)).resolveSibling("lib").toAbsolutePath();
        String classPath;
        try (Stream<Path> jars = Files.list(libraries)) {
            classPath =
                    jars.filter(
                                    library -> {
                                        String name = String.valueOf(library.getFileName());
                                        return name.startsWith("spring-")
                                                || name.contains("logging");
                                    })
                            .map(Path::toString)
                            .sorted()
                            .collect(Collectors.joining(":"));
        }
        List<String> command = new ArrayList<>(service.command().subList(0, jar));
        command.add("-cp");
        command.add(classPath);
        EmptyApplication application =
                new EmptyApplication(command, directory.resolve("empty.aot"));
        var _ = application.start("-XX:AOTCacheOutput=" + application.cache);
        return application;
    }

    /** Returns how long it took in milliseconds, from the process's start to its end. */
    double start() throws IOException, InterruptedException {
        return start("-XX:AOTCache=" + cache);
    }

    private double start(String option) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(command);
        all.add(1, option);
        all.addAll(
                List.of(
                        "org.springframework.boot.SpringApplication",
                        "--spring.main.sources=java.lang.Object",
                        "--spring.main.web-application-type=none"));
        long began = System.nanoTime();
        Process process =
                new ProcessBuilder(all)
                        .redirectErrorStream(true)
                        .redirectOutput(cache.resolveSibling("empty.log").toFile())
                        .start();
        int status = process.waitFor();
        if (status != 0) {
            throw new IOException(
                    "an empty Spring Boot application ended with %d: %s"
                            .formatted(
                                    status, Files.readString(cache.resolveSibling("empty.log"))));
        }
        return (System.nanoTime() - began) / 1e6;
    }
}
