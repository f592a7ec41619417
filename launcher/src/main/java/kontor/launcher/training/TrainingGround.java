package kontor.launcher.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import kontor.launcher.process.DirectorySwap;
import kontor.launcher.stack.StackSettings;

/** A lab of two games and a data directory, which are gone when the training is over. */
record TrainingGround(Path directory) implements AutoCloseable {

    /** Second bytes of addresses that no other lab of ours has, enough for clones side by side. */
    private static final int FIRST_NETWORK = 200;

    private static final int NETWORKS = 50;

    static TrainingGround make() throws IOException {
        Path directory = Files.createTempDirectory("kontor-training");
        long network = FIRST_NETWORK + ProcessHandle.current().pid() % NETWORKS;
        Files.writeString(directory.resolve("lab.yaml"), lab(network));
        return new TrainingGround(directory);
    }

    private static String lab(long network) {
        return """
        lab: training
        ports: { tcp: [47624, 2300-2350], udp: [47624, 2300-2350] }
        instances:
          game1: { address: 127.%1$d.1.1, peers: { game2: 127.%1$d.1.2 } }
          game2: { address: 127.%1$d.2.2, peers: { game1: 127.%1$d.2.1 } }
        """
                .formatted(network);
    }

    StackSettings settings(List<String> javaOptions, Duration startTimeout) {
        return StackSettings.of(directory.resolve("data"), directory.resolve("lab.yaml"))
                .forTraining(javaOptions, startTimeout);
    }

    @Override
    public void close() throws IOException {
        DirectorySwap.remove(directory);
    }
}
