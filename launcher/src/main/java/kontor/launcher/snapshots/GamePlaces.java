package kontor.launcher.snapshots;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import kontor.lab.Lab;
import kontor.lab.LabInstance;
import kontor.launcher.netns.MachineNetworks;
import kontor.launcher.plan.GameNetworks;

/** Where the games of a lab are played on this machine. */
public final class GamePlaces {

    private GamePlaces() {}

    /**
     * The places of all games, in the lab's order.
     *
     * @throws SnapshotRefusedException if they are not apart, or cannot be frozen
     */
    public static List<Snapshots.Place> of(MachineNetworks machine, Lab lab)
            throws IOException, SnapshotRefusedException {
        if (!machine.exist()) {
            throw SnapshotRefusedException.withoutNetworks();
        }
        List<Snapshots.Place> places = new ArrayList<>();
        for (LabInstance game : lab.instances()) {
            String namespace = GameNetworks.namespace(lab, game);
            Optional<Path> group = machine.group(namespace);
            Optional<Path> screen = machine.group(namespace + ".screen");
            if (group.isEmpty() || screen.isEmpty()) {
                throw SnapshotRefusedException.withoutGroups();
            }
            places.add(
                    new Snapshots.Place(
                            game.name().value(),
                            GameNetworks.within(namespace),
                            group.get(),
                            screen.get()));
        }
        return places;
    }
}
