package kontor.orchestrator.ownership;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import kontor.orchestrator.ownership.OwnerEffect.News;
import kontor.orchestrator.ownership.PartitionLog.Standing;
import kontor.orchestrator.reload.Input.ProcessState;
import kontor.vocabulary.InstanceName;
import kontor.vocabulary.LabName;
import kontor.vocabulary.RunId;
import org.jspecify.annotations.Nullable;

/**
 * Owns one partition of {@code kontor.packets}, or stands by until it has to: folds the session log
 * from the newest checkpoint that the log confirms, waits, claims, relays and releases. Lives as
 * long as one set of clients; what it knows is forgotten with it, and folded again by the next one.
 * What to do when, the {@link Tenure} decides, which outlives it.
 *
 * <p>Decides only. Its driver performs the effects in their order and passes the answers in. If one
 * cannot be performed, the driver tells the tenure that it failed, and drops the owner.
 *
 * <p>Confined to one thread.
 */
public final class Owner {

    /** How often it is looked whether it may begin. */
    private static final Duration LOOK = Duration.ofMillis(20);

    private final OwnerRules rules;
    private final Tenure tenure;
    private final Outbox out = new Outbox();
    private final Standby standby;
    private OwnerStep step = OwnerStep.RECALLING;
    private OwnerInput.CheckpointRead.@Nullable Found checkpoint;
    private long beginning;
    private long nextOffset;
    private long foldTo;
    private @Nullable Follower follower;
    private @Nullable Takeover takeover;
    private @Nullable Relay relay;
    private LogRecord.@Nullable Release release;
    private boolean begun;
    private boolean stopping;
    private int fences;
    private int reissued;
    private long releasingSince;

    public Owner(OwnerRules rules, Tenure tenure, long nowNanos) {
        this.rules = rules;
        this.tenure = tenure;
        this.standby = new Standby(rules, tenure, nowNanos);
    }

    /** To be performed first. */
    public List<OwnerEffect> start() {
        out.publish(new News.Folding());
        out.add(new OwnerEffect.ReadCheckpoint());
        return out.take();
    }

    /**
     * Takes in what happened.
     *
     * @return what is to be done; empty where an answer is still awaited
     */
    public List<OwnerEffect> on(OwnerInput input, Moment now) {
        switch (input) {
            case OwnerInput.Begin _ -> begun = true;
            case OwnerInput.StopWanted _ -> stopping = true;
            case OwnerInput.Displaced _ -> displaced();
            case OwnerInput.CheckpointRead in -> recall(in);
            case OwnerInput.LogReadAt in -> confirm(in.record());
            case OwnerInput.LogEndKnown in -> {
                foldTo = in.end();
                fold(now);
            }
            case OwnerInput.LogRead in -> {
                PartitionLog.Kind kind = requireNonNull(follower).take(in.record());
                out.publish(new News.Folded(in.record(), kind));
            }
            case OwnerInput.ControlHeard in -> standby.hear(in.control(), now.nanos());
            case OwnerInput.LogPolled in -> {
                nextOffset = in.position();
                followed(now);
            }
            case OwnerInput.Appended in -> appended(in.offset(), now);
            case OwnerInput.Acknowledged _ -> acknowledged(now);
            case OwnerInput.ClaimsRead _ -> settled(now);
            case OwnerInput.CodeAnswered in -> {
                if (relay != null) {
                    relay.answered(in);
                }
            }
            case OwnerInput.Captured in -> requireNonNull(relay).captured(in, now);
            case OwnerInput.ControlRead in -> requireNonNull(relay).control(in.control(), now);
            case OwnerInput.InputPolled in -> polled(in.empty(), now);
            case OwnerInput.InputEndKnown in -> {
                requireNonNull(relay).quiet(in.allRead(), now);
                requireNonNull(relay).endKnown(in);
                settleOrRelay(now);
            }
        }
        return out.take();
    }

    /** Folded as far as was read; empty before the folding begins. */
    public @Nullable PartitionLog log() {
        return follower == null ? null : follower.log();
    }

    /** While owning: the runs of a lab's instances that can be commanded. */
    public java.util.Map<InstanceName, RunId> liveRuns(LabName lab) {
        return requireNonNull(relay).liveRuns(lab);
    }

    /** Whether it has taken requests that it has not decided on yet: it does, whatever comes. */
    public boolean hasUnsettled() {
        Relay relaying = relay;
        return relaying != null && relaying.hasUnsettled();
    }

    // Where the folding begins: behind the newest checkpoint, if the log still confirms it.

    private void recall(OwnerInput.CheckpointRead in) {
        beginning = in.beginning();
        checkpoint = in.newest();
        if (checkpoint == null || checkpoint.offset() < beginning) {
            follow(new PartitionLog(), beginning);
        } else {
            step = OwnerStep.CONFIRMING;
            out.add(new OwnerEffect.ReadLogAt(checkpoint.offset()));
        }
    }

    private void confirm(@Nullable LogRecord record) {
        OwnerInput.CheckpointRead.Found found = requireNonNull(checkpoint);
        if (record != null && found.checkpoint().last().isOf(record)) {
            follow(PartitionLog.of(found.checkpoint()), found.offset() + 1);
        } else {
            out.publish(new News.CheckpointUnconfirmed(found.offset()));
            follow(new PartitionLog(), beginning);
        }
        checkpoint = null;
    }

    private void follow(PartitionLog log, long from) {
        follower = new Follower(log, rules.reissueEvents());
        nextOffset = from;
        step = OwnerStep.FOLDING;
        out.add(new OwnerEffect.Follow(from));
    }

    // The log is folded and followed.

    private void followed(Moment now) {
        switch (step) {
            case FOLDING -> fold(now);
            case STANDING_BY -> standBy(now);
            case READING_CLAIM -> readClaim(now);
            case RECALLING,
                    CONFIRMING,
                    CLAIMING,
                    REISSUING,
                    RELAYING,
                    SETTLING,
                    TELLING,
                    FLUSHING,
                    RELEASING,
                    OVER ->
                    throw unexpected();
        }
    }

    private void fold(Moment now) {
        if (stopping) {
            goOn(now);
        } else if (nextOffset < foldTo) {
            out.add(new OwnerEffect.PollLog(rules.pollTimeout()));
        } else if (!begun) {
            out.add(new OwnerEffect.PollLog(LOOK));
        } else {
            boolean _ = requireNonNull(follower).takeApplied();
            tenure.on(new Tenure.Input.CaughtUp(standing(), now.nanos()));
            goOn(now);
        }
    }

    private void standBy(Moment now) {
        Follower following = requireNonNull(follower);
        boolean ownerWrote = following.takeApplied();
        tenure.on(new Tenure.Input.Followed(standing(), ownerWrote, now.nanos()));
        if (standby.hasOwnerEnded(following.log())) {
            out.publish(new News.OwnerEnded());
            tenure.on(new Tenure.Input.OwnerEnded());
        }
        goOn(now);
    }

    private Standing standing() {
        return requireNonNull(follower).log().standing(rules.processId());
    }

    private void stopIfWanted() {
        if (stopping) {
            tenure.on(new Tenure.Input.StopWanted());
        }
    }

    private void goOn(Moment now) {
        stopIfWanted();
        switch (tenure.state()) {
            case STANDBY -> {
                long epoch = requireNonNull(follower).log().epoch();
                step = OwnerStep.STANDING_BY;
                out.publish(new News.StandingBy(epoch));
                standby.lookUp(epoch, out, now.nanos());
                out.add(new OwnerEffect.PollLog(rules.pollTimeout()));
            }
            case CLAIMING -> claim(now);
            case STOPPED -> {
                out.send(new Message.Sign(ProcessState.STOPPING, 0));
                end();
            }
            case RECOVERING, OWNING, RELEASING -> throw unexpected();
        }
    }

    // Taking over.

    private void claim(Moment now) {
        Takeover claiming =
                new Takeover(requireNonNull(follower), rules.processId(), now.wallMicros());
        takeover = claiming;
        step = OwnerStep.CLAIMING;
        out.publish(new News.Claiming(claiming.claim().epoch()));
        out.add(new OwnerEffect.Append(claiming.claim()));
    }

    private void appended(long offset, Moment now) {
        switch (step) {
            case CLAIMING -> {
                requireNonNull(takeover).appended(offset);
                step = OwnerStep.READING_CLAIM;
                readClaim(now);
            }
            case RELEASING -> released(offset, now);
            case RECALLING,
                    CONFIRMING,
                    FOLDING,
                    STANDING_BY,
                    READING_CLAIM,
                    REISSUING,
                    RELAYING,
                    SETTLING,
                    TELLING,
                    FLUSHING,
                    OVER ->
                    throw unexpected();
        }
    }

    private void readClaim(Moment now) {
        Takeover claiming = requireNonNull(takeover);
        if (!claiming.isClaimRead(nextOffset)) {
            out.add(new OwnerEffect.PollLog(rules.pollTimeout()));
        } else if (claiming.isOwner()) {
            step = OwnerStep.REISSUING;
            fences = claiming.fence(out);
            reissued = claiming.reissue(out);
            out.add(new OwnerEffect.AwaitAcknowledgements());
        } else {
            out.publish(new News.ClaimLost(requireNonNull(follower).log().epoch()));
            takeover = null;
            tenure.on(new Tenure.Input.ClaimRead(false, now.nanos()));
            goOn(now);
        }
    }

    private void acknowledged(Moment now) {
        switch (step) {
            case REISSUING -> own(now);
            case SETTLING -> out.add(new OwnerEffect.AwaitClaimsRead());
            case TELLING -> goOnRelaying(now);
            case FLUSHING -> release();
            case RECALLING,
                    CONFIRMING,
                    FOLDING,
                    STANDING_BY,
                    CLAIMING,
                    READING_CLAIM,
                    RELAYING,
                    RELEASING,
                    OVER ->
                    throw unexpected();
        }
    }

    // Relaying.

    private void own(Moment now) {
        Follower following = requireNonNull(follower);
        PartitionLog log = following.log();
        Takeover claimed = requireNonNull(takeover);
        tenure.on(new Tenure.Input.ClaimRead(true, now.nanos()));
        CheckpointDesk checkpoints =
                new CheckpointDesk(
                        rules.checkpointEvents(), rules.checkpointInterval(), now.nanos());
        relay = new Relay(rules, log, tenure, out, checkpoints, now.nanos());
        relay.begin(now);
        long offset = claimed.offset();
        out.add(new OwnerEffect.Watch(new ClaimWatch(log.epoch(), checkpoints), offset + 1));
        out.publish(
                new News.Owning(
                        log.epoch(),
                        offset,
                        following.folded(),
                        fences,
                        reissued,
                        now.wallMicros() - claimed.claim().claimedAtMicros()));
        out.add(new OwnerEffect.SeekInput(log.nextOffsets()));
        takeover = null;
        step = OwnerStep.RELAYING;
        relayOn(now);
    }

    private void polled(boolean empty, Moment now) {
        Relay relaying = requireNonNull(relay);
        if (relaying.wantsInputEnd(empty, now) || (empty && relaying.isQuietOfInterest(now))) {
            out.add(new OwnerEffect.AskInputEnd());
        } else {
            settleOrRelay(now);
        }
    }

    /**
     * Nothing is decided by other rules before the broker has the record that says so, with no
     * other's claim before it: behind one it would be void, and the other decides by the rules
     * before it.
     */
    private void settleOrRelay(Moment now) {
        if (requireNonNull(relay).settle(now)) {
            step = OwnerStep.SETTLING;
            out.add(new OwnerEffect.AwaitAcknowledgements());
        } else {
            relayOn(now);
        }
    }

    /**
     * The commands of what was released go out behind all its records. Nothing else does before the
     * broker has them: a successor sends again only those of the last records of the log.
     */
    private void settled(Moment now) {
        if (requireNonNull(relay).settled()) {
            step = OwnerStep.TELLING;
            out.add(new OwnerEffect.AwaitAcknowledgements());
        } else {
            goOnRelaying(now);
        }
    }

    private void goOnRelaying(Moment now) {
        step = OwnerStep.RELAYING;
        relayOn(now);
    }

    private void relayOn(Moment now) {
        stopIfWanted();
        switch (tenure.state()) {
            case OWNING -> {
                requireNonNull(relay).lookUp(now);
                out.add(new OwnerEffect.PollInput(requireNonNull(relay).patience(now)));
            }
            case RELEASING -> {
                releasingSince = now.wallMicros();
                step = OwnerStep.FLUSHING;
                out.publish(new News.Releasing(requireNonNull(follower).log().epoch()));
                flush();
            }
            case RECOVERING, STANDBY, CLAIMING, STOPPED -> throw unexpected();
        }
    }

    private void displaced() {
        switch (step) {
            case RELAYING, SETTLING, TELLING -> {
                tenure.on(new Tenure.Input.Displaced());
                end();
            }
            case RECALLING,
                    CONFIRMING,
                    FOLDING,
                    STANDING_BY,
                    CLAIMING,
                    READING_CLAIM,
                    REISSUING,
                    FLUSHING,
                    RELEASING,
                    OVER -> {}
        }
    }

    // Releasing.

    /** All that was sent before is acknowledged first. */
    private void flush() {
        out.add(new OwnerEffect.AwaitAcknowledgements());
    }

    private void release() {
        LogRecord.Release last =
                new LogRecord.Release(
                        rules.processId(),
                        requireNonNull(follower).log().epoch(),
                        tenure.successor());
        release = last;
        step = OwnerStep.RELEASING;
        out.add(new OwnerEffect.Append(last));
    }

    private void released(long offset, Moment now) {
        out.publish(
                new News.Released(
                        requireNonNull(release), offset, now.wallMicros() - releasingSince));
        if (tenure.on(new Tenure.Input.Released()) == Tenure.State.STOPPED) {
            out.send(new Message.Sign(ProcessState.STOPPING, 0));
        }
        end();
    }

    private void end() {
        step = OwnerStep.OVER;
        out.add(new OwnerEffect.End());
    }

    private IllegalStateException unexpected() {
        return new IllegalStateException("unexpected: %s, %s".formatted(tenure.state(), step));
    }
}
