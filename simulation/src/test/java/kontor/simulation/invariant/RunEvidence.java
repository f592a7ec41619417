package kontor.simulation.invariant;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import kontor.adapter.capture.CapturedEvent;
import kontor.adapter.capture.Observation;
import kontor.adapter.relay.Action;
import kontor.adapter.relay.Command;
import kontor.adapter.relay.CommandReceipt;
import kontor.vocabulary.FlowReference;
import kontor.vocabulary.InstanceName;
import kontor.vocabulary.RunId;

/** All that one run of an adapter did, as it did it. */
public final class RunEvidence {

    private final RunId run;
    private final InstanceName instance;
    private final List<CapturedEvent> captured = new ArrayList<>();
    private final List<Command> executed = new ArrayList<>();
    private final List<CommandReceipt> answered = new ArrayList<>();
    private final List<String> halts = new ArrayList<>();
    private final Set<String> freezes = new HashSet<>();
    private Fate fate = Fate.LIVES;
    private long offered;
    private long thaws;
    private long latestThaw;
    private boolean leftFrozen;
    private final Map<FlowReference, Long> confirmed = new HashMap<>();
    private long windowBytes = Long.MAX_VALUE / 2;
    private long furthestAhead;

    /** How a run ended, if it has. */
    public enum Fate {
        LIVES,
        /** In good order: all that it captured and said reached the broker. */
        STOPPED,
        KILLED
    }

    RunEvidence(RunId run, InstanceName instance) {
        this.run = run;
        this.instance = instance;
    }

    /** No flow may be read further ahead of what is confirmed; without this, any may. */
    public void window(long bytes) {
        windowBytes = bytes;
    }

    public void captured(CapturedEvent event) {
        captured.add(event);
        if (event.what() instanceof Observation.FlowData data) {
            long end = data.streamOffset() + data.payload().length();
            long ahead = end - confirmed.getOrDefault(data.flow(), 0L);
            furthestAhead = Math.max(furthestAhead, ahead);
        }
    }

    /** A command was admitted, and its actions begun. */
    public void executed(Command command) {
        executed.add(command);
        for (Action action : command.actions()) {
            if (action instanceof Action.ExtendWindow(FlowReference flow, long offset)) {
                confirmed.merge(flow, offset, Math::max);
            }
        }
    }

    long windowBytes() {
        return windowBytes;
    }

    long furthestAhead() {
        return furthestAhead;
    }

    public void answered(CommandReceipt receipt) {
        answered.add(receipt);
    }

    /** A datagram of the game reached the adapter. */
    public void offered() {
        offered++;
    }

    public void ended(Fate how) {
        fate = how;
    }

    /** The game stands still, held by this freeze. */
    public void froze(String freezeId) {
        freezes.add(freezeId);
    }

    /** Whether the game stood still, held by this freeze. */
    public boolean hasFrozen(String freezeId) {
        return freezes.contains(freezeId);
    }

    /**
     * The game went on.
     *
     * @param late by how much after it had to, microseconds; negative: it was early
     */
    public void thawed(long late) {
        thaws++;
        latestThaw = Math.max(latestThaw, late);
    }

    /** It ended in good order while its game stood still. */
    public void leftFrozen() {
        leftFrozen = true;
    }

    long thaws() {
        return thaws;
    }

    long latestThaw() {
        return latestThaw;
    }

    boolean hasLeftFrozen() {
        return leftFrozen;
    }

    /** Never happens while nothing is lost on the way of commands. */
    public void halted(String reason) {
        halts.add(reason);
    }

    /** Why it carries out no more commands; empty: it does. */
    List<String> halts() {
        return halts;
    }

    RunId run() {
        return run;
    }

    InstanceName instance() {
        return instance;
    }

    List<CapturedEvent> captured() {
        return captured;
    }

    List<Command> executed() {
        return executed;
    }

    List<CommandReceipt> answered() {
        return answered;
    }

    Fate fate() {
        return fate;
    }

    long datagramsOffered() {
        return offered;
    }
}
