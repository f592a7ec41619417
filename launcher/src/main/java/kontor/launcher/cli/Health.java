package kontor.launcher.cli;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import kontor.launcher.ports.PortCheck;
import kontor.launcher.process.FollowersProbe;
import kontor.launcher.process.HttpProbe;
import kontor.launcher.process.Probe;
import kontor.launcher.process.ProcessTable;
import kontor.launcher.stack.StackState;
import kontor.launcher.supervision.Phase;
import kontor.launcher.supervision.Standing;
import org.jspecify.annotations.Nullable;

/**
 * How a process is at this moment; asked for, not remembered.
 *
 * @param health "ready", or what it is instead
 * @param pid null if it is gone
 * @param beside whether it stands beside the one in charge, so that nothing is amiss without it
 * @param standingStill its readers of logs that stand still, and why; no game waits for them
 */
record Health(
        String name,
        @Nullable Long pid,
        int port,
        boolean ready,
        String health,
        long uptimeSeconds,
        long memoryBytes,
        boolean beside,
        String log,
        List<String> standingStill) {

    Health {
        standingStill = List.copyOf(standingStill);
    }

    /** Whether it does all that it is there for. */
    boolean well() {
        return (ready || beside) && standingStill.isEmpty();
    }

    /** Blocks for a few seconds at most. */
    static Health of(StackState.Entry entry) throws InterruptedException {
        if (entry.identity() == null || !entry.alive()) {
            return new Health(
                    entry.label(),
                    null,
                    entry.port(),
                    false,
                    absent(entry),
                    0,
                    0,
                    isBeside(entry),
                    entry.log(),
                    List.of());
        }
        String health = ask(entry);
        Duration uptime = ProcessTable.uptime(entry.identity());
        return new Health(
                entry.label(),
                entry.identity().pid(),
                entry.port(),
                health.equals("ready"),
                health,
                uptime.toSeconds(),
                ProcessTable.memory(entry.identity()),
                isBeside(entry),
                entry.log(),
                entry.health() == null
                        ? List.of()
                        : new FollowersProbe(URI.create(entry.health())).ask());
    }

    private static boolean isBeside(StackState.Entry entry) {
        return entry.standing() != Standing.IN_CHARGE;
    }

    private static String ask(StackState.Entry entry) throws InterruptedException {
        if (entry.phase() != Phase.READY) {
            return entry.phase().name().toLowerCase(Locale.ROOT);
        }
        if (entry.health() == null) {
            return PortCheck.listening(entry.port()) ? "ready" : "does not listen";
        }
        return switch (new HttpProbe(URI.create(entry.health())).ask()) {
            case Probe.Answer.Ready _ -> "ready";
            case Probe.Answer.NotYet(String reason) -> reason;
        };
    }

    private static String absent(StackState.Entry entry) {
        if (entry.note() != null && entry.phase() == Phase.DIED) {
            return "died: " + entry.note();
        }
        return switch (entry.phase()) {
            case WAITING -> "waiting";
            case STARTING -> "starting";
            case READY, STOPPING, DIED -> "gone";
            case STOPPED -> "stopped";
        };
    }
}
