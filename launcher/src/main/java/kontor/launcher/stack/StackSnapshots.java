package kontor.launcher.stack;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Consumer;
import kontor.lab.Lab;
import kontor.launcher.control.ControlWord;
import kontor.launcher.gateway.GatewayClient;
import kontor.launcher.netns.MachineNetworks;
import kontor.launcher.plan.Entrance;
import kontor.launcher.plan.StackPlanner;
import kontor.launcher.snapshots.GamePlaces;
import kontor.launcher.snapshots.GatewayLab;
import kontor.launcher.snapshots.KernelProcesses;
import kontor.launcher.snapshots.SnapshotCheck;
import kontor.launcher.snapshots.SnapshotDesk;
import kontor.launcher.snapshots.SnapshotNews;
import kontor.launcher.snapshots.SnapshotShelf;

/** The snapshots of a running stack. */
final class StackSnapshots {

    private StackSnapshots() {}

    /** A desk that asks the stack's own gateway; not started. */
    static SnapshotDesk desk(
            Lab lab,
            DataDirectory data,
            MachineNetworks networks,
            Entrance entrance,
            URI page,
            ControlWord word,
            Consumer<String> log) {
        String name = lab.name().value();
        return new SnapshotDesk(
                SnapshotCheck.program(),
                new SnapshotShelf(StackPlanner.snapshots(data.path())),
                new SnapshotDesk.Games(
                        name,
                        () -> GamePlaces.of(networks, lab),
                        () -> new GatewayLab(client(page, entrance.tokenFile()), name),
                        new KernelProcesses()),
                Clock.systemUTC(),
                new SnapshotDesk.Listener() {
                    @Override
                    public void onNews(SnapshotNews news) {
                        word.snapshots(name, news);
                    }

                    @Override
                    public void onReport(String text) {
                        log.accept(text);
                    }
                });
    }

    private static GatewayClient client(URI page, Optional<Path> tokenFile) throws IOException {
        return tokenFile.isEmpty()
                ? new GatewayClient(page)
                : new GatewayClient(page, TokenFile.read(tokenFile.get()));
    }
}
