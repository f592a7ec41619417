package kontor.launcher.stack;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import kontor.launcher.database.DatabaseCluster;
import kontor.launcher.database.DatabasePrograms;
import kontor.launcher.guests.GuestCertificate;
import kontor.launcher.plan.Guests;
import kontor.launcher.plan.Preparation;
import kontor.launcher.plan.Surroundings;
import kontor.launcher.process.BootJars;
import kontor.launcher.process.PreparationException;
import kontor.launcher.process.Preparer;

/** Carries out each kind of preparation. */
final class StackPreparer implements Preparer {

    private final Surroundings surroundings;

    StackPreparer(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public void prepare(Preparation preparation, Path log)
            throws IOException, InterruptedException, PreparationException {
        switch (preparation) {
            case Preparation.UnpackDatabase(Path jar, Path programs) ->
                    DatabasePrograms.unpack(jar, programs);
            case Preparation.InitialiseDatabase(Path programs, Path cluster) ->
                    DatabaseCluster.initialise(programs, cluster, surroundings.asRoot(), log);
            case Preparation.WriteBrokerSettings(Path file, String text) -> {
                Files.createDirectories(requireNonNull(file.getParent()));
                Files.writeString(file, text);
            }
            case Preparation.MakeGuestCertificate(Path directory, Guests guests) ->
                    GuestCertificate.makeIfMissing(
                            surroundings.java().resolveSibling("keytool"), directory, guests, log);
            case Preparation.CopyJar(Path jar, Path copy) -> BootJars.copy(jar, copy, log);
            case Preparation.ExtractBootJar(_, Path jar, Path layout) ->
                    BootJars.extract(surroundings.java(), jar, layout, log);
        }
    }
}
