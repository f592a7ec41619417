package kontor.launcher.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import kontor.lab.Lab;
import kontor.lab.LabFile;
import kontor.lab.LabFileException;
import kontor.launcher.netns.MachineNetworks;
import kontor.launcher.netns.NetworksException;
import kontor.launcher.plan.AotCache;
import kontor.launcher.plan.BootJar;
import kontor.launcher.plan.GameNetworks;
import kontor.launcher.plan.Ports;
import kontor.launcher.plan.Preparation;
import kontor.launcher.plan.ProcessSpec;
import kontor.launcher.plan.StackPlan;
import kontor.launcher.plan.StackPlanner;
import kontor.launcher.plan.Surroundings;
import kontor.launcher.ports.BusyPort;
import kontor.launcher.ports.FreePorts;
import kontor.launcher.ports.PortCheck;
import kontor.launcher.process.PreparationException;

/**
 * Starts stacks of one installation. Everything that can be found wrong beforehand is found before
 * the first process is started.
 */
public final class Launcher {

    private final Installation installation;

    public Launcher(Installation installation) {
        this.installation = installation;
    }

    /** With the installation that we are in. */
    public static Launcher here() {
        return new Launcher(Installation.locate());
    }

    public Stack launch(StackSettings settings) throws IOException, LaunchRefusedException {
        return launch(settings, state -> {});
    }

    /**
     * Returns as soon as the first processes are starting; {@link Stack#awaitReady} waits.
     *
     * @param listener receives every change, called by the supervisor's thread
     */
    public Stack launch(StackSettings settings, Consumer<StackState> listener)
            throws IOException, LaunchRefusedException {
        Lab lab = readLab(settings.lab());
        DataDirectory data = new DataDirectory(settings.data());
        data.requireWritable();
        DataDirectory.Lock lock = data.lock().orElseThrow(() -> alreadyRunning(data));
        MachineNetworks machine = new MachineNetworks(data.networks());
        boolean launched = false;
        try {
            refuseLeftOvers(data);
            Optional<GameNetworks> networks = networks(settings, lab, machine);
            StackPlan plan = plan(settings, lab, data, ports(settings, lab), networks);
            refuseMissingJars(plan);
            if (networks.isPresent()) {
                machine.make(networks.get());
            }
            List<BusyPort> busy = PortCheck.busy(plan.portClaims());
            if (!busy.isEmpty()) {
                throw new LaunchRefusedException(new Refusal.PortsBusy(busy));
            }
            if (settings.entrance().tokenFile().isPresent()) {
                TokenFile.makeIfMissing(settings.entrance().tokenFile().get());
            }
            data.renewLog(DataDirectory.SUPERVISOR);
            for (String log : plan.logs()) {
                data.renewLog(log);
            }
            Stack stack =
                    new Stack(
                            lab,
                            settings,
                            data,
                            lock,
                            machine,
                            plan,
                            () -> plan(settings, lab, data, plan.ports(), networks),
                            new StackPreparer(surroundings(settings, data, networks)),
                            listener);
            launched = true;
            return stack;
        } catch (NetworksException e) {
            throw new LaunchRefusedException(
                    new Refusal.NoNetworks(String.valueOf(e.getMessage())));
        } finally {
            if (!launched) {
                giveBack(machine, lock);
            }
        }
    }

    private static void giveBack(MachineNetworks machine, DataDirectory.Lock lock)
            throws IOException {
        try (lock) {
            machine.remove();
        }
    }

    /** What an earlier stack left behind is removed, so that what it had can be had again. */
    private static Optional<GameNetworks> networks(
            StackSettings settings, Lab lab, MachineNetworks machine)
            throws IOException, LaunchRefusedException {
        if (!settings.apart()) {
            machine.remove();
            return Optional.empty();
        }
        Optional<String> refusal = MachineNetworks.refusal().or(() -> GameNetworks.refusal(lab));
        if (refusal.isPresent()) {
            throw new LaunchRefusedException(new Refusal.NoNetworks(refusal.get()));
        }
        machine.remove();
        return Optional.of(MachineNetworks.choose(lab));
    }

    /** The programs of such a stack that have an AOT cache and are built; none is started. */
    public List<ProcessSpec> programs(StackSettings settings)
            throws IOException, LaunchRefusedException {
        Lab lab = readLab(settings.lab());
        DataDirectory data = new DataDirectory(settings.data());
        return plan(settings, lab, data, ports(settings, lab), Optional.empty())
                .processes()
                .stream()
                .filter(program -> program.aotCache() != null)
                .filter(program ->
                        program.preparations().stream()
                                .allMatch(preparation -> missingJar(preparation).isEmpty()))
                .toList();
    }

    /** Makes everything that a program of such a stack needs to be started. */
    public void prepare(StackSettings settings, ProcessSpec program, Path log)
            throws IOException, InterruptedException, LaunchRefusedException, PreparationException {
        StackPreparer preparer =
                new StackPreparer(
                        surroundings(
                                settings, new DataDirectory(settings.data()), Optional.empty()));
        for (Preparation preparation : program.preparations()) {
            preparer.prepare(preparation, log);
        }
    }

    /** The stack that is running in a data directory, by whichever launcher it was started. */
    public static Optional<StackState> running(Path data) throws IOException {
        return new DataDirectory(data).readState().filter(StackState::supervised);
    }

    /** The directory of a stack's unpacked jars and AOT caches. */
    public Path cache(StackSettings settings) {
        return installation.cache(new DataDirectory(settings.data()).path());
    }

    private static Lab readLab(Path file) throws IOException, LaunchRefusedException {
        try {
            return LabFile.read(file);
        } catch (LabFileException e) {
            throw new LaunchRefusedException(new Refusal.BadLab(String.valueOf(e.getMessage())));
        } catch (NoSuchFileException e) {
            throw new LaunchRefusedException(
                    new Refusal.BadLab("no such lab file: " + file.toAbsolutePath()));
        }
    }

    private static Ports ports(StackSettings settings, Lab lab) throws LaunchRefusedException {
        try {
            return settings.ports().resolve(lab.instances().size(), new FreePorts());
        } catch (IllegalArgumentException e) {
            throw new LaunchRefusedException(
                    new Refusal.BadSettings(String.valueOf(e.getMessage())));
        }
    }

    private StackPlan plan(
            StackSettings settings,
            Lab lab,
            DataDirectory data,
            Ports ports,
            Optional<GameNetworks> networks)
            throws IOException, LaunchRefusedException {
        Surroundings surroundings = surroundings(settings, data, networks);
        try {
            return StackPlanner.plan(
                    lab,
                    settings.lab().toAbsolutePath().normalize(),
                    ports,
                    surroundings,
                    settings.without());
        } catch (IllegalArgumentException e) {
            throw new LaunchRefusedException(
                    new Refusal.BadSettings(String.valueOf(e.getMessage())));
        }
    }

    private static void refuseMissingJars(StackPlan plan) throws LaunchRefusedException {
        List<String> missing =
                plan.processes().stream()
                        .flatMap(process -> process.preparations().stream())
                        .map(Launcher::missingJar)
                        .flatMap(Optional::stream)
                        .distinct()
                        .toList();
        if (!missing.isEmpty()) {
            throw new LaunchRefusedException(new Refusal.NotBuilt(missing));
        }
    }

    private static Optional<String> missingJar(Preparation preparation) {
        return switch (preparation) {
            case Preparation.ExtractBootJar(String module, Path jar, _) when !Files.exists(jar) ->
                    Optional.of(module);
            case Preparation.ExtractBootJar _,
                    Preparation.CopyJar _,
                    Preparation.UnpackDatabase _,
                    Preparation.InitialiseDatabase _,
                    Preparation.MakeGuestCertificate _,
                    Preparation.WriteBrokerSettings _ ->
                    Optional.empty();
        };
    }

    private Surroundings surroundings(
            StackSettings settings, DataDirectory data, Optional<GameNetworks> networks)
            throws IOException, LaunchRefusedException {
        Optional<Path> databaseJar = installation.databaseJar();
        Optional<BootJar> command = installation.command();
        if (databaseJar.isEmpty() || command.isEmpty()) {
            throw new LaunchRefusedException(new Refusal.NotBuilt(List.of("launcher")));
        }
        return new Surroundings(
                installation.java(),
                System.getProperty("java.vm.version"),
                Runtime.getRuntime().availableProcessors(),
                command.orElseThrow(),
                installation.libraries(),
                installation.bootJars(),
                databaseJar.orElseThrow(),
                installation.cache(data.path()),
                data.path(),
                System.getProperty("user.name").equals("root"),
                settings.journal(),
                settings.adapters(),
                settings.entrance(),
                networks,
                settings.guests(),
                settings.javaOptions(),
                settings.training() ? AotCache.Use.WRITE : AotCache.Use.READ);
    }

    private static LaunchRefusedException alreadyRunning(DataDirectory data) {
        String who = "its lock is held";
        try {
            who =
                    data.readState()
                            .map(state -> "supervisor is process " + state.supervisor().pid())
                            .orElse(who);
        } catch (IOException e) {
            // The refusal is the same without it.
        }
        return new LaunchRefusedException(new Refusal.AlreadyRunning(data.path(), who));
    }

    private static void refuseLeftOvers(DataDirectory data)
            throws IOException, LaunchRefusedException {
        List<String> left =
                data.readState().stream()
                        .flatMap(state -> state.living().stream())
                        .map(StackState.Entry::name)
                        .toList();
        if (!left.isEmpty()) {
            throw new LaunchRefusedException(new Refusal.LeftOver(data.path(), left));
        }
    }
}
