package kontor.orchestrator.mapping;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import kontor.commands.v1.AdapterCommand;
import kontor.commands.v1.CloseOutput;
import kontor.commands.v1.ExtendWindow;
import kontor.commands.v1.OpenFlow;
import kontor.commands.v1.PauseReading;
import kontor.commands.v1.ResetFlow;
import kontor.commands.v1.ResumeReading;
import kontor.commands.v1.SendDatagram;
import kontor.commands.v1.Write;
import kontor.orchestrator.sequencer.Action;
import kontor.orchestrator.sequencer.Command;
import kontor.vocabulary.Bytes;
import kontor.vocabulary.FlowReference;
import kontor.vocabulary.SessionId;
import org.jspecify.annotations.Nullable;

/** Writes what adapters are told. */
public final class CommandMapping {

    private CommandMapping() {}

    /**
     * @param sequencedAtMicros when the command's event got its place; 0 in one given again
     */
    public static AdapterCommand write(Command command, long epoch, long sequencedAtMicros) {
        @Nullable SessionId session = command.session();
        AdapterCommand.Builder written =
                AdapterCommand.newBuilder()
                        .setLab(command.lab().value())
                        .setInstance(command.instance().value())
                        .setTargetRunId(command.targetRun().toString())
                        .setCommandSequence(command.sequence())
                        .setSessionId(session == null ? "" : session.toString())
                        .setSessionSequence(command.sessionSequence())
                        .setOwnerEpoch(epoch)
                        .setCapturedAtMicros(command.capturedAtMicros())
                        .setSequencedAtMicros(sequencedAtMicros);
        for (Action action : command.actions()) {
            written.addActions(action(action));
        }
        return written.build();
    }

    private static kontor.commands.v1.Action action(Action action) {
        var written = kontor.commands.v1.Action.newBuilder();
        switch (action) {
            case Action.OpenFlow open ->
                    written.setOpenFlow(
                            OpenFlow.newBuilder()
                                    .setFlow(flow(open.flow()))
                                    .setFromInstance(open.from().value())
                                    .setFromPort(open.fromPort())
                                    .setToPort(open.toPort()));
            case Action.Write write ->
                    written.setWrite(
                            Write.newBuilder()
                                    .setFlow(flow(write.flow()))
                                    .setPayload(bytes(write.payload().bytes()))
                                    .setPayloadCrc32C(write.payload().crc32c())
                                    .setStreamEnd(write.streamEnd()));
            case Action.CloseOutput close ->
                    written.setCloseOutput(CloseOutput.newBuilder().setFlow(flow(close.flow())));
            case Action.ResetFlow reset ->
                    written.setResetFlow(ResetFlow.newBuilder().setFlow(flow(reset.flow())));
            case Action.SendDatagram send ->
                    written.setSendDatagram(
                            SendDatagram.newBuilder()
                                    .setFromInstance(send.from().value())
                                    .setFromPort(send.fromPort())
                                    .setToPort(send.toPort())
                                    .setPayload(bytes(send.payload().bytes()))
                                    .setPayloadCrc32C(send.payload().crc32c()));
            case Action.PauseReading pause ->
                    written.setPauseReading(PauseReading.newBuilder().setFlow(flow(pause.flow())));
            case Action.ResumeReading resume ->
                    written.setResumeReading(
                            ResumeReading.newBuilder().setFlow(flow(resume.flow())));
            case Action.ExtendWindow extend ->
                    written.setExtendWindow(
                            ExtendWindow.newBuilder()
                                    .setFlow(flow(extend.flow()))
                                    .setStreamOffset(extend.streamOffset()));
        }
        return written.build();
    }

    static kontor.packets.v1.FlowReference flow(FlowReference flow) {
        return kontor.packets.v1.FlowReference.newBuilder()
                .setRunId(flow.run().toString())
                .setNumber(flow.number())
                .build();
    }

    /** Without a copy: {@code Bytes} never change. */
    static ByteString bytes(Bytes bytes) {
        return UnsafeByteOperations.unsafeWrap(bytes.asByteBuffer());
    }
}
