package kontor.orchestrator.reload;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import kontor.orchestrator.reload.Input.ProcessState;
import kontor.vocabulary.LabName;
import org.jspecify.annotations.Nullable;

/**
 * What one partition of {@code kontor.control} says about reloads, read in its order from a point
 * before the oldest reload that may still run. The rules by which a record counts stand at
 * ReloadStatus in control_event.proto; every reader has them.
 *
 * <p>Beside it, what adapters answer as events: a successor may miss those, and learns the same
 * from the adapters' status.
 *
 * <p>Confined to one thread; decides nothing.
 */
final class ReloadLog {

    /** Lives of processes; of those that spoke last. */
    static final int PROCESSES_KEPT = 128;

    private final Map<LabName, LabReloads> labs =
            new TreeMap<>((a, b) -> a.value().compareTo(b.value()));

    /** In the order in which they spoke last. */
    private final Map<ProcessId, Heard> processes = new LinkedHashMap<>();

    private long epoch;

    /** A process that spoke. */
    record Heard(ProcessId id, String service, ProcessState state, String standingStill) {}

    void fold(Input input) {
        switch (input) {
            case Input.Wanted wanted -> reloadsOf(wanted.lab()).fold(wanted);
            case Input.FreezeWanted wanted -> reloadsOf(wanted.lab()).fold(wanted);
            case Input.ThawWanted wanted -> reloadsOf(wanted.lab()).fold(wanted);
            case Input.Recorded recorded -> record(recorded);
            case Input.ProcessHeard heard -> process(heard);
            case Input.AdapterHeard heard -> reloadsOf(heard.lab()).fold(heard);
            case Input.FreezeAnswered answered -> reloadsOf(answered.lab()).fold(answered);
            case Input.ContinuityHeard heard -> reloadsOf(heard.lab()).fold(heard);
            case Input.ContinuityAwaited awaited -> reloadsOf(awaited.lab()).fold(awaited);
            case Input.Tick _ -> {}
        }
    }

    private void record(Input.Recorded recorded) {
        ReloadStatus status = recorded.status();
        if (status.ownerEpoch() < epoch) {
            return;
        }
        epoch = status.ownerEpoch();
        Set<ProcessId> earlier = new HashSet<>();
        for (Heard process : processes.values()) {
            if (process.service().equals(status.service())) {
                earlier.add(process.id());
            }
        }
        reloadsOf(recorded.lab()).fold(status, earlier);
    }

    private void process(Input.ProcessHeard heard) {
        epoch = Math.max(epoch, heard.ownerEpoch());
        processes.remove(heard.process());
        processes.put(
                heard.process(),
                new Heard(heard.process(), heard.service(), heard.state(), heard.standingStill()));
        if (processes.size() > PROCESSES_KEPT) {
            processes.remove(processes.keySet().iterator().next());
        }
    }

    private LabReloads reloadsOf(LabName lab) {
        return labs.computeIfAbsent(lab, _ -> new LabReloads());
    }

    // What the plan asks.

    /** The highest that was read. */
    long epoch() {
        return epoch;
    }

    Map<LabName, LabReloads> labs() {
        return labs;
    }

    /** Of a service, in this state: who spoke last; null where there is none. */
    @Nullable ProcessId newest(Service service, ProcessState state, Set<ProcessId> but) {
        List<Heard> all = new ArrayList<>(processes.values());
        for (Heard process : all.reversed()) {
            if (process.service().equals(service.word())
                    && process.state() == state
                    && !but.contains(process.id())) {
                return process.id();
            }
        }
        return null;
    }

    boolean hasStopped(ProcessId id) {
        @Nullable Heard process = processes.get(id);
        return process != null && process.state() == ProcessState.STOPPING;
    }

    /**
     * Which reader of logs stands still, and why, in the process that does a service's work: of
     * orchestrators this one, of others who was ready last. Null where all get on.
     */
    @Nullable String standingStill(ProcessId owner) {
        for (Service service : Service.values()) {
            @Nullable ProcessId id =
                    service == Service.ORCHESTRATOR
                            ? owner
                            : newest(service, ProcessState.READY, Set.of());
            @Nullable Heard process = id == null ? null : processes.get(id);
            if (process != null && !process.standingStill().isEmpty()) {
                return "%s of %s".formatted(process.standingStill(), process.service());
            }
        }
        return null;
    }
}
