package kontor.adapter.kafka;

import com.google.protobuf.ByteString;
import kontor.adapter.relay.Action;
import kontor.adapter.relay.Command;
import kontor.commands.v1.AdapterCommand;
import kontor.vocabulary.Bytes;
import kontor.vocabulary.FlowReference;
import kontor.vocabulary.InstanceName;
import kontor.vocabulary.RunId;

/** Commands from messages. */
final class CommandDecoder {

    private CommandDecoder() {}

    /**
     * @throws IllegalArgumentException if a field is not what the schema promises
     */
    static Command decode(AdapterCommand message) {
        return new Command(
                message.getTargetRunId(),
                message.getCommandSequence(),
                message.getSessionId(),
                message.getSessionSequence(),
                message.getOwnerEpoch(),
                message.getCapturedAtMicros(),
                message.getSequencedAtMicros(),
                message.getActionsList().stream().map(CommandDecoder::action).toList());
    }

    private static Action action(kontor.commands.v1.Action message) {
        return switch (message.getWhatCase()) {
            case OPEN_FLOW -> {
                var open = message.getOpenFlow();
                yield new Action.OpenFlow(
                        flow(open.getFlow()),
                        new InstanceName(open.getFromInstance()),
                        open.getFromPort(),
                        open.getToPort());
            }
            case WRITE -> {
                var write = message.getWrite();
                yield new Action.Write(
                        flow(write.getFlow()),
                        bytes(write.getPayload()),
                        write.getPayloadCrc32C(),
                        write.getStreamEnd());
            }
            case CLOSE_OUTPUT -> new Action.CloseOutput(flow(message.getCloseOutput().getFlow()));
            case RESET_FLOW -> new Action.ResetFlow(flow(message.getResetFlow().getFlow()));
            case SEND_DATAGRAM -> {
                var send = message.getSendDatagram();
                yield new Action.SendDatagram(
                        new InstanceName(send.getFromInstance()),
                        send.getFromPort(),
                        send.getToPort(),
                        bytes(send.getPayload()),
                        send.getPayloadCrc32C());
            }
            case PAUSE_READING ->
                    new Action.PauseReading(flow(message.getPauseReading().getFlow()));
            case RESUME_READING ->
                    new Action.ResumeReading(flow(message.getResumeReading().getFlow()));
            case EXTEND_WINDOW -> {
                var extend = message.getExtendWindow();
                yield new Action.ExtendWindow(flow(extend.getFlow()), extend.getStreamOffset());
            }
            case FREEZE_GAME -> {
                var freeze = message.getFreezeGame();
                yield new Action.FreezeGame(
                        freeze.getFreezeId(), Integer.toUnsignedLong(freeze.getAtMostMillis()));
            }
            case THAW_GAME -> new Action.ThawGame(message.getThawGame().getFreezeId());
            case WHAT_NOT_SET -> new Action.Unknown("of a later version");
        };
    }

    private static FlowReference flow(kontor.packets.v1.FlowReference message) {
        return new FlowReference(RunId.parse(message.getRunId()), message.getNumber());
    }

    private static Bytes bytes(ByteString payload) {
        return Bytes.owning(payload.toByteArray());
    }
}
