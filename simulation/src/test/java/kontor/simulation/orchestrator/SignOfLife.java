package kontor.simulation.orchestrator;

import kontor.orchestrator.reload.Input.ProcessHeard;
import kontor.orchestrator.reload.Input.ProcessState;
import kontor.orchestrator.reload.ProcessId;
import kontor.orchestrator.reload.Service;
import kontor.simulation.world.Request;
import kontor.simulation.world.World;

/** What a process says of itself, and how often. */
final class SignOfLife {

    private static final long INTERVAL = 16_000;

    private final String process;
    private final World world;
    private long due;

    SignOfLife(String process, World world) {
        this.process = process;
        this.world = world;
    }

    /** Whether it is time for the next one; the one after it is then due an interval later. */
    boolean isDue() {
        long now = world.timeline().now();
        if (now < due) {
            return false;
        }
        due = now + INTERVAL;
        return true;
    }

    Request.Heard says(ProcessState state, long epoch) {
        ProcessId id = new ProcessId(process);
        return new Request.Heard(
                new ProcessHeard(id, Service.ORCHESTRATOR.word(), state, epoch),
                world.timeline().now());
    }
}
