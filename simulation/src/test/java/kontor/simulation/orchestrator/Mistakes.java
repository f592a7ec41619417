package kontor.simulation.orchestrator;

import java.util.List;
import kontor.orchestrator.ownership.Checkpoint;
import kontor.orchestrator.ownership.LogRecord;
import kontor.orchestrator.ownership.OwnerEffect;
import kontor.orchestrator.ownership.OwnerEffect.News;
import kontor.orchestrator.reload.Input;
import kontor.orchestrator.reload.Input.FreezeAnswer;
import kontor.orchestrator.reload.Input.FreezeAnswered;
import kontor.orchestrator.sequencer.AdapterEvent;
import kontor.orchestrator.sequencer.Decision.Arrival;
import kontor.orchestrator.sequencer.Delivery;
import kontor.orchestrator.sequencer.SessionEvent;
import kontor.orchestrator.sequencer.Stamp;
import kontor.simulation.world.Sabotage;
import kontor.simulation.world.World;
import org.jspecify.annotations.Nullable;

/** What a driver gets wrong on the way from and to its owner, where that is planted. */
final class Mistakes {

    private final World world;

    Mistakes(World world) {
        this.world = world;
    }

    /** The record behind which a checkpoint was taken, as it is read again. */
    LogRecord confirming(Checkpoint checkpoint, LogRecord read) {
        if (!world.is(Sabotage.CHECKPOINT_NOT_CONFIRMED)
                || !(read instanceof LogRecord.Entry(SessionEvent event))) {
            return read;
        }
        Checkpoint.Mark mark = checkpoint.last();
        return new LogRecord.Entry(
                new SessionEvent(
                        mark.lab(),
                        mark.session(),
                        mark.sequence(),
                        mark.stamp(),
                        event.input(),
                        event.flow(),
                        event.verdict(),
                        event.detail(),
                        event.deliveries(),
                        event.rules(),
                        event.addresses(),
                        event.what()));
    }

    /**
     * @param epoch of the last claim that counts
     */
    LogRecord asFollowed(LogRecord record, long epoch) {
        if (!world.is(Sabotage.CLAIMS_NOT_HEEDED) || !(record instanceof LogRecord.Entry entry)) {
            return record;
        }
        SessionEvent event = entry.event();
        Stamp stamp = new Stamp(Math.max(epoch, entry.epoch()), event.stamp().nowMicros());
        return copy(event, stamp, event.deliveries());
    }

    LogRecord asWritten(LogRecord.Entry entry) {
        boolean untold =
                world.is(Sabotage.DELIVERIES_NOT_WRITTEN_DOWN)
                        && entry.event().deliveries().size() > 1;
        return untold ? copy(entry.event(), entry.event().stamp(), List.of()) : entry;
    }

    private static LogRecord copy(SessionEvent event, Stamp stamp, List<Delivery> deliveries) {
        return new LogRecord.Entry(
                new SessionEvent(
                        event.lab(),
                        event.session(),
                        event.sequence(),
                        stamp,
                        event.input(),
                        event.flow(),
                        event.verdict(),
                        event.detail(),
                        deliveries,
                        event.rules(),
                        event.addresses(),
                        event.what()));
    }

    @Nullable Input asHeard(@Nullable Input said) {
        return said instanceof FreezeAnswered answer
                        && answer.answer() == FreezeAnswer.FAILED
                        && world.is(Sabotage.FAILED_FREEZE_TAKEN_FOR_ONE)
                ? new FreezeAnswered(
                        answer.lab(),
                        answer.instance(),
                        answer.run(),
                        answer.freezeId(),
                        FreezeAnswer.FROZEN,
                        answer.detail())
                : said;
    }

    AdapterEvent asCaptured(AdapterEvent event) {
        return world.is(Sabotage.CAPTURE_TIME_FORGOTTEN)
                ? new AdapterEvent(
                        event.lab(),
                        event.instance(),
                        event.run(),
                        event.sequence(),
                        world.wallClockMicros(0),
                        event.what())
                : event;
    }

    static boolean isRepeated(List<OwnerEffect> effects) {
        return effects.stream()
                .anyMatch(effect ->
                        effect instanceof OwnerEffect.Publish(News.Decided(var decision))
                                && decision.arrival() == Arrival.DUPLICATE);
    }

    static AdapterEvent next(AdapterEvent event) {
        return new AdapterEvent(
                event.lab(),
                event.instance(),
                event.run(),
                event.sequence() + 1,
                event.capturedAtMicros(),
                event.what());
    }
}
