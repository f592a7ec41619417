package kontor.orchestrator.driving;

import kontor.control.v1.ControlEvent;
import kontor.control.v1.ServiceState;
import kontor.orchestrator.kafka.WallClock;
import kontor.orchestrator.mapping.CommandMapping;
import kontor.orchestrator.mapping.ReloadMapping;
import kontor.orchestrator.mapping.SessionEventMapping;
import kontor.orchestrator.ownership.LogRecord;
import kontor.orchestrator.ownership.Message;
import kontor.orchestrator.reload.Input.ProcessState;
import kontor.packets.v1.AdapterEvent;
import kontor.topics.Records;
import kontor.topics.ServiceLife;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Makes the records that the owner of a partition sends.
 *
 * <p>Confined to the owner's thread.
 */
final class MessageWriter {

    private final int partition;
    private final ServiceLife life;
    private @Nullable AdapterEvent current;
    private String lastSign = "";

    MessageWriter(int partition, ServiceLife life) {
        this.partition = partition;
        this.life = life;
    }

    /**
     * @param written the adapter event that is taken in from now on, whose bytes go into the log as
     *     they are; null while something else is
     */
    void taking(@Nullable AdapterEvent written) {
        current = written;
    }

    /** Whether this is the sign of life that was written last. */
    boolean isLastSign(ControlEvent event) {
        return event.getControlId().equals(lastSign);
    }

    ProducerRecord<String, byte[]> record(Message message) {
        return switch (message) {
            case Message.Entry entry ->
                    Records.of(SessionEventMapping.write(entry.event(), current), partition);
            case Message.Order order ->
                    Records.of(
                            CommandMapping.write(
                                    order.command(), order.epoch(), order.sequencedAtMicros()));
            case Message.Sign(ProcessState state, long ownerEpoch) -> {
                ControlEvent sign = life.says(asSaid(state), ownerEpoch);
                lastSign = sign.getControlId();
                yield Records.of(sign, partition);
            }
            case Message.Phase phase ->
                    Records.of(ReloadMapping.write(phase.write(), life.service()));
            case Message.Freeze freeze ->
                    Records.of(ReloadMapping.write(freeze.freeze(), freeze.epoch()));
            case Message.Thaw thaw -> Records.of(ReloadMapping.write(thaw.thaw(), thaw.epoch()));
        };
    }

    private static ServiceState asSaid(ProcessState state) {
        return switch (state) {
            case READY -> ServiceState.SERVICE_STATE_READY;
            case STANDBY -> ServiceState.SERVICE_STATE_STANDBY;
            case STOPPING -> ServiceState.SERVICE_STATE_STOPPING;
        };
    }

    /** A claim or a release. */
    ProducerRecord<String, byte[]> record(LogRecord record) {
        return Records.of(
                switch (record) {
                    case LogRecord.Claim claim ->
                            SessionEventMapping.write(claim, life.softwareVersion());
                    case LogRecord.Release release ->
                            SessionEventMapping.write(release, WallClock.nowMicros());
                    case LogRecord.Entry _ ->
                            throw new IllegalArgumentException("unexpected: " + record);
                },
                partition);
    }
}
