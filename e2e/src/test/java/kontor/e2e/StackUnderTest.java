package kontor.e2e;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import kontor.lab.Lab;
import kontor.launcher.stack.LaunchRefusedException;
import kontor.launcher.stack.Launcher;
import kontor.launcher.stack.Stack;
import kontor.launcher.stack.StackFailedException;
import kontor.launcher.stack.StackSettings;
import kontor.vocabulary.AddressRewriting;
import kontor.vocabulary.InstanceName;

/**
 * The one stack of this JVM, on free ports, with a data directory and a lab of its own: four
 * instances on addresses that nobody else uses, so that a stack of the developer's may run beside
 * it.
 */
final class StackUnderTest {

    /** In place of the default lab's 127.1.0.1 to 127.4.0.4: 127.61.0.1 to 127.64.0.4. */
    private static final int FIRST_NETWORK = 61;

    private final Stack stack;
    private final Api api;
    private final Path pidFiles;
    private final Path analyzers;

    private StackUnderTest() throws IOException, InterruptedException {
        Path data = Files.createTempDirectory("kontor-e2e");
        pidFiles = Files.createDirectory(data.resolve("games"));
        Path lab =
                Files.writeString(
                        data.resolve("lab.yaml"),
                        TestLab.file(
                                "e2e", FIRST_NETWORK, AddressRewriting.OFF, pidFiles.toString()));
        try {
            stack = Launcher.here().launch(StackSettings.of(data.resolve("data"), lab));
            Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "kontor-e2e-stop"));
            stack.awaitReady();
        } catch (LaunchRefusedException | StackFailedException e) {
            throw new IllegalStateException("the stack did not start, its logs: " + data, e);
        }
        api = new Api(stack.page());
        analyzers = lab.resolveSibling("analyzers");
    }

    static StackUnderTest shared() {
        return Shared.STACK;
    }

    Lab lab() {
        return stack.lab();
    }

    Stack stack() {
        return stack;
    }

    Api api() {
        return api;
    }

    /** The watched directory; nobody has made it yet. */
    Path analyzers() {
        return analyzers;
    }

    /** Where a game listens or sends from: its own address. */
    InetSocketAddress own(String instance, int port) {
        return new InetSocketAddress(lab().instance(new InstanceName(instance)).address(), port);
    }

    /** Names the process that is the game when it is frozen; need not be there. */
    Path pidFile(String instance) {
        return pidFiles.resolve(instance + ".pid");
    }

    /** Where {@code from} finds {@code to}. */
    InetSocketAddress peer(String from, String to, int port) {
        InetAddress face = lab().instance(new InstanceName(from)).peers().get(new InstanceName(to));
        return new InetSocketAddress(face, port);
    }

    private void stop() {
        try {
            stack.close();
        } catch (IOException e) {
            throw new IllegalStateException("the stack did not stop", e);
        }
    }

    private static final class Shared {
        static final StackUnderTest STACK = start();

        private static StackUnderTest start() {
            try {
                return new StackUnderTest();
            } catch (IOException e) {
                throw new IllegalStateException("the stack did not start", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while the stack started", e);
            }
        }
    }
}
