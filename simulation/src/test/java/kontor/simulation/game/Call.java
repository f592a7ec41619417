package kontor.simulation.game;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import kontor.simulation.invariant.AppliedOnce;
import kontor.simulation.invariant.InjectedBetweenMessages;
import kontor.simulation.invariant.Violation;
import org.jspecify.annotations.Nullable;

/** One TCP connection from game to game, as somebody who sees everything sees it. */
public final class Call {

    private final long number;
    private final Wire opener;
    private @Nullable Wire target;
    private final List<String> disturbances = new ArrayList<>();
    private final Set<Integer> insertions = new HashSet<>();

    Call(long number, Game caller) {
        this.number = number;
        this.opener = new Wire(this, true, caller);
    }

    public long number() {
        return number;
    }

    public Wire opener() {
        return opener;
    }

    public @Nullable Wire target() {
        return target;
    }

    /** The adapter of the target connects to its game. */
    public Wire reach(Game answerer) {
        Wire wire = new Wire(this, false, answerer);
        if (target != null) {
            throw new Violation(AppliedOnce.class, this + " reaches its target twice");
        }
        target = wire;
        return wire;
    }

    /** One end of it; the target's is there as soon as it has written. */
    public Wire wire(boolean openers) {
        return openers ? opener : requireNonNull(target);
    }

    /** A game comes, behind so many bytes of the other, upon what the other did not write. */
    void read(Insertion insertion, boolean openers, long position) {
        Wire writer = wire(openers);
        if (insertion.stream() != writer.stream()
                || insertion.position() != position
                || !writer.isBetweenMessages(position)
                || !insertions.add(insertion.number())) {
            throw new Violation(
                    InjectedBetweenMessages.class,
                    "%s was read again, or in the wrong place: at %d of %s"
                            .formatted(insertion, position, writer));
        }
    }

    /** Whether an insertion of this number has come out of it. */
    public boolean hasReadInsertion(int number) {
        return insertions.contains(number);
    }

    /** Something happened that explains that not all arrives: a reset, an adapter that ended. */
    public void disturb(String why) {
        disturbances.add(why);
    }

    /** All bytes of both games must arrive at the other. */
    public boolean isUndisturbed() {
        return disturbances.isEmpty();
    }

    /** Both games have had all of each other, to the end. */
    public boolean isFinished() {
        return target != null && opener.isThrough() && target.isThrough();
    }

    @Override
    public String toString() {
        return "call " + number + (disturbances.isEmpty() ? "" : " " + disturbances);
    }
}
