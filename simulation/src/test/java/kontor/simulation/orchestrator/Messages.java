package kontor.simulation.orchestrator;

import java.util.Map;
import java.util.function.Function;
import kontor.orchestrator.ownership.LogRecord;
import kontor.orchestrator.ownership.Message;
import kontor.orchestrator.reload.Input.ProcessHeard;
import kontor.orchestrator.reload.Input.Recorded;
import kontor.orchestrator.reload.Phase;
import kontor.orchestrator.reload.ProcessId;
import kontor.orchestrator.reload.ReloadStatus;
import kontor.orchestrator.reload.Service;
import kontor.simulation.adapter.Translation;
import kontor.simulation.invariant.Evidence;
import kontor.simulation.world.Request;
import kontor.simulation.world.Sabotage;
import kontor.simulation.world.World;
import kontor.vocabulary.InstanceName;
import kontor.vocabulary.LabName;
import kontor.vocabulary.RunId;
import org.jspecify.annotations.Nullable;

/** Brings what an owner sends to its topic. */
final class Messages {

    private final String id;
    private final World world;
    private final Evidence evidence;
    private final Outlet outlet;
    private final Mistakes mistakes;
    private final long skew;
    private final Function<LabName, Map<InstanceName, RunId>> live;
    private Request.@Nullable Heard lastSign;

    /**
     * @param id of the process
     * @param skew of its clock
     * @param live the runs of a lab's instances, as the owner knows them
     */
    Messages(
            String id,
            World world,
            Evidence evidence,
            Outlet outlet,
            Mistakes mistakes,
            long skew,
            Function<LabName, Map<InstanceName, RunId>> live) {
        this.id = id;
        this.world = world;
        this.evidence = evidence;
        this.outlet = outlet;
        this.mistakes = mistakes;
        this.skew = skew;
        this.live = live;
    }

    /** Whether this is the sign of life that was sent last. */
    boolean isLastSign(Request request) {
        return request.equals(lastSign);
    }

    void send(Message message) {
        switch (message) {
            case Message.Entry entry ->
                    outlet.send(
                            world.topics().log(),
                            mistakes.asWritten(new LogRecord.Entry(entry.event())));
            case Message.Order order -> {
                boolean fence = order.command().actions().isEmpty();
                if (!fence || !world.is(Sabotage.FENCE_NOT_SENT)) {
                    outlet.send(
                            world.topics().commands(order.command().instance()),
                            Translation.order(order.command(), order.epoch()));
                }
            }
            case Message.Sign sign -> sign(sign);
            case Message.Phase phase -> phase(phase);
            case Message.Freeze freeze ->
                    outlet.send(
                            world.topics().commands(freeze.freeze().instance()),
                            Translation.order(freeze.freeze(), freeze.epoch()));
            case Message.Thaw thaw ->
                    outlet.send(
                            world.topics().commands(thaw.thaw().instance()),
                            Translation.order(thaw.thaw(), thaw.epoch()));
        }
    }

    private void sign(Message.Sign sign) {
        Request.Heard said =
                new Request.Heard(
                        new ProcessHeard(
                                new ProcessId(id),
                                Service.ORCHESTRATOR.word(),
                                sign.state(),
                                sign.ownerEpoch()),
                        world.timeline().now());
        lastSign = said;
        outlet.send(world.topics().control(), said);
    }

    private void phase(Message.Phase phase) {
        ReloadStatus status = phase.write().status();
        LabName lab = phase.write().lab();
        world.note("reload", "begins a phase", status);
        if (status.phase() == Phase.RESTARTING && status.freeze()) {
            evidence.believedFrozen(status.id().toString(), live.apply(lab).values());
        }
        long now = world.wallClockMicros(skew);
        outlet.send(world.topics().control(), new Request.Heard(new Recorded(lab, status), now));
    }
}
