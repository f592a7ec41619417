package kontor.adapter.spool;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import kontor.adapter.relay.SpoolLevel;
import kontor.vocabulary.RunId;
import org.jspecify.annotations.Nullable;

/**
 * The positions of a spool: up to where it is appended, written, taken, acknowledged and noted as
 * acknowledged; and what follows from them: what is taken next, how full the spool is, what the
 * disk has to be told and which segments may go. Pure: without disk, thread and clock.
 *
 * <p>Always noted &lt;= acknowledged &lt;= taken &lt;= appended, and written &lt;= appended. What
 * is written and not noted is taken again by the next life, so a crash at any moment loses nothing.
 *
 * <p>Not thread-safe.
 */
final class SpoolPositions {

    private final RunId run;
    private final SpoolBounds bounds;

    /** Position at which this run began: all before is earlier runs'. */
    private final long ownBase;

    private long noted;
    private long acknowledged;
    private long taken;
    private long appended;
    private boolean writable = true;

    /** While not writable: all that begins here or later is not on the disk. */
    private long unwritten;

    private long capturedSequence;
    private long publishedSequence;
    private long damagedBytes;
    private boolean ended;
    private SpoolLevel level;

    /** Of the event taken last, where the next to be taken follows it. */
    private @Nullable SpoolPlace latest;

    /** What is taken next. */
    sealed interface Next {

        /** The event that begins at this position. */
        record Event(long position) implements Next {}

        /** Nothing yet. */
        record Wait() implements Next {}

        /** Nothing any more. */
        record Over() implements Next {}
    }

    /** What is to be done on the disk. */
    sealed interface Chore {

        /** Note that the broker has all before this position. */
        record Note(long acknowledged) implements Chore {}

        /** Delete the segment with this base. */
        record Delete(long base) implements Chore {}
    }

    /** Events of a run that are missing between two that were taken. */
    record Missing(RunId run, long first, long last) {}

    /**
     * @param run that appends from now on
     * @param noted position up to which the disk says that the broker has all
     * @param ownBase position behind all that earlier runs wrote; not below {@code noted}
     * @param cutBytes what was cut off at the ends of earlier runs
     */
    SpoolPositions(RunId run, SpoolBounds bounds, long noted, long ownBase, long cutBytes) {
        this.run = run;
        this.bounds = bounds;
        this.noted = noted;
        this.acknowledged = noted;
        this.taken = noted;
        this.ownBase = ownBase;
        this.appended = ownBase;
        this.damagedBytes = cutBytes;
        this.level = bounds.level(SpoolLevel.FREE, ownBase - noted);
    }

    /** Position behind all that was appended. */
    long appended() {
        return appended;
    }

    /** Position up to which all is on the disk. */
    long written() {
        return writable ? appended : unwritten;
    }

    boolean isWritable() {
        return writable;
    }

    SpoolLevel level() {
        return level;
    }

    /**
     * An event of this run stands from {@link #appended} to {@code end}.
     *
     * @param isWritten whether the disk has it; if not, the spool is full until {@link #mended},
     *     and the disk is given nothing before
     */
    void append(long sequence, long end, boolean isWritten) {
        if (isWritten && !writable) {
            throw new IllegalStateException("what was appended before is not written");
        }
        if (writable && !isWritten) {
            unwritten = appended;
        }
        writable = isWritten;
        appended = end;
        capturedSequence = sequence;
        relevel();
    }

    /**
     * The disk has all that was appended.
     *
     * @return whether the level is lower than before
     */
    boolean mended() {
        writable = true;
        return relevel();
    }

    /** Nothing more will be appended. */
    void end() {
        ended = true;
    }

    Next next() {
        if (taken < appended) {
            return new Next.Event(taken);
        }
        return ended ? new Next.Over() : new Next.Wait();
    }

    /** Whether {@code position} is that of the event to be taken next. */
    boolean isNext(long position) {
        return taken == position;
    }

    /**
     * The event that begins at the position given by {@link #next} is taken.
     *
     * @return which events of its run are missing before it
     */
    Optional<Missing> take(SpoolPlace place) {
        SpoolPlace before = latest;
        latest = place;
        taken = place.end();
        return before != null
                        && before.run().equals(place.run())
                        && place.sequence() > before.sequence() + 1
                ? Optional.of(new Missing(place.run(), before.sequence() + 1, place.sequence() - 1))
                : Optional.empty();
    }

    /** What stands from the next position to {@code to} cannot be read. */
    void skip(long to) {
        damagedBytes += to - taken;
        taken = to;
    }

    /**
     * The broker has all events up to this one.
     *
     * @return whether the level is lower than before
     */
    boolean acknowledge(SpoolPlace place) {
        acknowledged = Math.max(acknowledged, place.end());
        if (place.run().equals(run)) {
            publishedSequence = Math.max(publishedSequence, place.sequence());
        }
        if (taken < acknowledged) {
            // It came late, after a rewind: need not be taken again.
            taken = acknowledged;
            latest = null;
        }
        return relevel();
    }

    /** Position up to which the broker has all. */
    long acknowledged() {
        return acknowledged;
    }

    /** What is not acknowledged is taken again. */
    void rewind() {
        taken = acknowledged;
        latest = null;
    }

    private boolean relevel() {
        SpoolLevel before = level;
        level = writable ? bounds.level(before, appended - acknowledged) : SpoolLevel.FULL;
        return level.compareTo(before) < 0;
    }

    /**
     * What is to be done on the disk, in this order: if one fails, those behind it must not be
     * done.
     *
     * @param bases of all segments; each ends where the next begins
     * @param lastEnd where the last ends; {@link Long#MAX_VALUE} while it is being written
     */
    List<Chore> chores(NavigableSet<Long> bases, long lastEnd) {
        List<Chore> chores = new ArrayList<>();
        if (acknowledged != noted) {
            chores.add(new Chore.Note(acknowledged));
        }
        for (Long base : bases.headSet(acknowledged, false)) {
            Long next = bases.higher(base);
            if ((next == null ? lastEnd : next) <= acknowledged) {
                chores.add(new Chore.Delete(base));
            }
        }
        return chores;
    }

    /** {@link Chore.Note} is done. */
    void noted(long position) {
        noted = position;
    }

    SpoolStatus status() {
        return new SpoolStatus(
                capturedSequence - publishedSequence,
                appended - acknowledged,
                publishedSequence,
                Math.max(0, ownBase - acknowledged),
                damagedBytes,
                writable);
    }
}
