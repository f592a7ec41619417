package kontor.orchestrator.ownership;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import kontor.log.OwnerFence;
import kontor.orchestrator.sequencer.Command;
import kontor.orchestrator.sequencer.Commands;
import kontor.orchestrator.sequencer.InputPosition;
import kontor.orchestrator.sequencer.LabCheckpoint;
import kontor.orchestrator.sequencer.LabState;
import kontor.orchestrator.sequencer.SessionEvent;
import kontor.vocabulary.LabName;
import org.jspecify.annotations.Nullable;

/**
 * What one partition of {@code kontor.session-events} says, read from its beginning: the state of
 * its labs, how far the input has come, and whose word counts.
 *
 * <p>Which records count {@link OwnerFence} says; one that is void changes nothing: a zombie wrote
 * it.
 *
 * <p>Confined to one thread.
 */
public final class PartitionLog {

    private final Map<LabName, LabState> labs =
            new TreeMap<>((a, b) -> a.value().compareTo(b.value()));
    private final Map<String, Long> nextOffsets = new HashMap<>();
    private OwnerFence fence = new OwnerFence();
    private String owner = "";
    private @Nullable String successor;
    private Checkpoint.@Nullable Mark last;

    /**
     * What became of a record.
     *
     * @param commands those that belong to it; empty unless it was applied
     */
    public record Outcome(Kind kind, List<Command> commands) {

        public Outcome {
            commands = List.copyOf(commands);
        }
    }

    /** How a record stands to those before it. */
    public enum Kind {
        APPLIED,
        /** Records before it are missing in the log. It was applied. */
        APPLIED_AFTER_GAP,
        /** It was had before. */
        REPEATED,
        /** Written by an owner who owned no longer. */
        VOID
    }

    /** Whose word counts at the end of the log, as one process sees it. */
    public enum Standing {
        /** Its own. */
        MINE,
        /** That of another, or nobody has claimed yet. */
        OTHERS,
        /** The owner has released the partition, to this process or to any. */
        RELEASED_TO_ME,
        /** The owner has released the partition to another process. */
        RELEASED_TO_ANOTHER
    }

    /** The log as it was where {@code checkpoint} was taken: what follows there is to be folded. */
    public static PartitionLog of(Checkpoint checkpoint) {
        PartitionLog log = new PartitionLog();
        checkpoint.labs().forEach((lab, state) -> log.labs.put(lab, LabState.of(lab, state)));
        log.nextOffsets.putAll(checkpoint.nextOffsets());
        log.fence = new OwnerFence(checkpoint.epoch());
        log.owner = checkpoint.owner();
        log.last = checkpoint.last();
        return log;
    }

    /** Empty unless the last record that counts is a session event. */
    public Optional<Checkpoint> checkpoint() {
        Checkpoint.@Nullable Mark mark = last;
        if (mark == null) {
            return Optional.empty();
        }
        Map<LabName, LabCheckpoint> states = new HashMap<>();
        labs.forEach((lab, state) -> states.put(lab, state.checkpoint()));
        return Optional.of(new Checkpoint(mark, fence.epoch(), owner, nextOffsets, states));
    }

    /** Takes a record in, in the order of the log. */
    public Outcome fold(LogRecord record) {
        return switch (record) {
            case LogRecord.Claim claim -> claim(claim);
            case LogRecord.Release release -> release(release);
            case LogRecord.Entry entry -> entry(entry);
        };
    }

    private Outcome claim(LogRecord.Claim claim) {
        if (fence.on(claim.epoch(), true) == OwnerFence.Standing.VOID) {
            return new Outcome(Kind.VOID, List.of());
        }
        owner = claim.ownerId();
        successor = null;
        last = null;
        labs.values().forEach(lab -> lab.touch(claim.claimedAtMicros()));
        return new Outcome(Kind.APPLIED, List.of());
    }

    private Outcome release(LogRecord.Release release) {
        if (fence.on(release.epoch(), false) == OwnerFence.Standing.VOID) {
            return new Outcome(Kind.VOID, List.of());
        }
        owner = release.ownerId();
        successor = release.successorId();
        last = null;
        return new Outcome(Kind.APPLIED, List.of());
    }

    private Outcome entry(LogRecord.Entry entry) {
        switch (fence.on(entry.epoch(), false)) {
            case VOID -> {
                return new Outcome(Kind.VOID, List.of());
            }
            case UNCLAIMED -> {
                // Its claim, which would say who it is, is older than what the topic still keeps.
                owner = "";
                successor = null;
            }
            case CURRENT -> {}
        }
        SessionEvent event = entry.event();
        LabState lab = lab(event.lab());
        List<Command> commands = Commands.of(lab, event);
        LabState.Folded folded = lab.fold(event);
        return switch (folded) {
            case REPEATED -> new Outcome(Kind.REPEATED, List.of());
            case APPLIED -> {
                advance(event);
                yield new Outcome(Kind.APPLIED, commands);
            }
            case APPLIED_AFTER_GAP -> {
                advance(event);
                yield new Outcome(Kind.APPLIED_AFTER_GAP, commands);
            }
        };
    }

    /**
     * An adapter event is the last record of its input. Starts and ends of sessions may be followed
     * by another of the same input, so that one is read again: what was done is not done twice.
     */
    private void advance(SessionEvent event) {
        last = Checkpoint.Mark.of(event);
        @Nullable InputPosition input = event.input();
        if (input != null) {
            boolean last = event.what() instanceof SessionEvent.What.Adapter;
            nextOffsets.merge(input.topic(), last ? input.offset() + 1 : input.offset(), Math::max);
        }
    }

    /** The lab's state; an empty one for a lab never seen. Stays this log's: only it folds. */
    public LabState lab(LabName lab) {
        return labs.computeIfAbsent(lab, _ -> new LabState());
    }

    /** In the order of their names. */
    public Collection<LabName> labs() {
        return List.copyOf(labs.keySet());
    }

    /** The first offset of an input topic that may not have been dealt with; 0 at the beginning. */
    public long nextOffset(String topic) {
        return nextOffsets.getOrDefault(topic, 0L);
    }

    /** The same by topic; a topic is missing as long as nothing of it was dealt with. */
    Map<String, Long> nextOffsets() {
        return Map.copyOf(nextOffsets);
    }

    /** The highest known to be claimed; 0 before the first. */
    public long epoch() {
        return fence.epoch();
    }

    /** Whether the last claim that counts is that of {@code ownerId}. */
    public boolean isOwnedBy(String ownerId) {
        return owner.equals(ownerId);
    }

    /** Whether the last owner has finished in good order: the broker has all of its commands. */
    public boolean isReleased() {
        return successor != null;
    }

    /** How {@code processId} stands to this partition. */
    public Standing standing(String processId) {
        @Nullable String next = successor;
        if (next == null) {
            return owner.equals(processId) ? Standing.MINE : Standing.OTHERS;
        }
        return next.isEmpty() || next.equals(processId)
                ? Standing.RELEASED_TO_ME
                : Standing.RELEASED_TO_ANOTHER;
    }
}
