package kontor.launcher.stack;

import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import kontor.lab.Lab;
import kontor.launcher.plan.Ports;
import kontor.launcher.plan.ProcessSpec;
import kontor.launcher.plan.Readiness;
import kontor.launcher.plan.StackPlanner;
import kontor.launcher.process.ProcessTable;
import kontor.launcher.process.Supervisor;
import kontor.launcher.supervision.Phase;
import kontor.launcher.supervision.ProcessIdentity;
import kontor.launcher.supervision.ProcessState;
import org.jspecify.annotations.Nullable;

/** Describes the stack that this process supervises, as its state file has it. */
final class StackDescription {

    private final Lab lab;
    private final StackSettings settings;
    private final DataDirectory data;
    private final Ports ports;
    private final ProcessIdentity self =
            ProcessTable.identify(ProcessHandle.current().pid())
                    .orElseThrow(() -> new IllegalStateException("/proc is not there"));

    StackDescription(Lab lab, StackSettings settings, DataDirectory data, Ports ports) {
        this.lab = lab;
        this.settings = settings;
        this.data = data;
        this.ports = ports;
    }

    /** As things are at one moment. */
    StackState of(Supervisor.Snapshot snapshot) {
        return new StackState(
                ProcessTable.bootId(),
                self,
                snapshot.phase(),
                lab.name().value(),
                lab.names().stream().map(Object::toString).toList(),
                settings.lab().toAbsolutePath().normalize().toString(),
                data.path().toString(),
                settings.entrance().page(ports.gateway()).toString(),
                settings.entrance().tokenFile().map(Path::toString).orElse(null),
                StackPlanner.kafkaServers(ports),
                StackPlanner.jdbcUrl(ports),
                snapshot.processes().stream().map(this::entry).toList());
    }

    private StackState.Entry entry(ProcessState process) {
        ProcessSpec spec = process.spec();
        return new StackState.Entry(
                process.name(),
                process.standing(),
                spec.role(),
                process.phase(),
                process.identity(),
                spec.port().orElse(0),
                spec.readiness() instanceof Readiness.Http(URI address) ? address.toString() : null,
                process.life(),
                millis(process.readyAfterNanos()),
                process.exitCode(),
                note(process),
                data.log(spec.log()).toString());
    }

    /** Of a process that is down because the disk is full a person should know that. */
    private @Nullable String note(ProcessState process) {
        boolean down = process.phase() == Phase.DIED || process.phase() == Phase.WAITING;
        if (!down || process.life() == 0) {
            return process.note();
        }
        return data.fullDisk()
                .map(full -> process.note() == null ? full : process.note() + "; " + full)
                .orElse(process.note());
    }

    private static @Nullable Long millis(@Nullable Long nanos) {
        return nanos == null ? null : TimeUnit.NANOSECONDS.toMillis(nanos);
    }
}
