package kontor.orchestrator.mapping;

import com.google.protobuf.ByteString;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kontor.orchestrator.sequencer.AddressTrace;
import kontor.orchestrator.sequencer.LabCheckpoint;
import kontor.rewriting.Pieces;
import kontor.rewriting.StreamState;
import kontor.sessions.v1.AddressPieces;
import kontor.sessions.v1.AddressStream;
import kontor.sessions.v1.NobodysAddress;
import kontor.state.v1.AddressStreamOfFlow;
import kontor.state.v1.Lab;
import kontor.vocabulary.AddressRewriting;
import kontor.vocabulary.Bytes;
import kontor.vocabulary.InstanceName;

/** Writes and reads what logs say of addresses in messages. What is written and read is equal. */
final class AddressMapping {

    private AddressMapping() {}

    static void write(AddressTrace trace, kontor.sessions.v1.SessionEvent.Builder written) {
        if (trace.stream() != null) {
            written.setAddressStream(write(trace.stream()));
        }
        if (trace.pieces() != null) {
            written.setAddressPieces(write(trace.pieces()));
        }
        written.addAllAddressWarnings(trace.warnings());
        for (AddressTrace.Nobodys nobodys : trace.nobodys()) {
            written.addNobodysAddresses(
                    NobodysAddress.newBuilder()
                            .setAddress(CommandMapping.bytes(nobodys.address()))
                            .setField(nobodys.field())
                            .setOwnAddress(CommandMapping.bytes(nobodys.own())));
        }
    }

    static AddressTrace read(kontor.sessions.v1.SessionEvent event) {
        return event.hasAddressStream()
                        || event.hasAddressPieces()
                        || event.getAddressWarningsCount() > 0
                ? new AddressTrace(
                        event.hasAddressStream() ? read(event.getAddressStream()) : null,
                        event.hasAddressPieces() ? read(event.getAddressPieces()) : null,
                        event.getAddressWarningsList(),
                        event.getNobodysAddressesList().stream()
                                .map(AddressMapping::nobodys)
                                .toList())
                : AddressTrace.NONE;
    }

    private static AddressTrace.Nobodys nobodys(NobodysAddress written) {
        return new AddressTrace.Nobodys(
                PacketMapping.bytes(written.getAddress()),
                written.getField(),
                PacketMapping.bytes(written.getOwnAddress()));
    }

    static void write(LabCheckpoint.Rewriting rewriting, Lab.Builder written) {
        for (LabCheckpoint.StreamOf of : rewriting.streams()) {
            written.addAddressStreams(
                    AddressStreamOfFlow.newBuilder()
                            .setReference(CommandMapping.flow(of.flow()))
                            .setFromOpener(of.fromOpener())
                            .setStream(write(of.stream())));
        }
        rewriting
                .pieces()
                .forEach((instance, pieces) ->
                        written.putAddressPieces(instance.value(), write(pieces)));
    }

    static LabCheckpoint.Rewriting read(Lab lab) {
        Map<InstanceName, Pieces> pieces = new HashMap<>();
        lab.getAddressPiecesMap()
                .forEach((instance, of) -> pieces.put(new InstanceName(instance), read(of)));
        return new LabCheckpoint.Rewriting(
                lab.getAddressStreamsList().stream()
                        .map(of ->
                                new LabCheckpoint.StreamOf(
                                        PacketMapping.flow(of.getReference()),
                                        of.getFromOpener(),
                                        read(of.getStream())))
                        .toList(),
                pieces);
    }

    private static AddressStream write(StreamState state) {
        AddressStream.Builder written =
                AddressStream.newBuilder()
                        .setBegun(CommandMapping.bytes(state.begun()))
                        .setPassed(state.passed())
                        .setSkip(state.skip())
                        .setForeign(state.foreign());
        if (!state.pieces().wholes().isEmpty()) {
            written.setPieces(write(state.pieces()));
        }
        return written.build();
    }

    private static StreamState read(AddressStream stream) {
        return new StreamState(
                PacketMapping.bytes(stream.getBegun()),
                stream.getPassed(),
                stream.getSkip(),
                stream.getForeign(),
                read(stream.getPieces()));
    }

    private static AddressPieces write(Pieces pieces) {
        AddressPieces.Builder written = AddressPieces.newBuilder();
        for (Pieces.Whole whole : pieces.wholes()) {
            written.addWholesBuilder()
                    .setId(CommandMapping.bytes(whole.id()))
                    .setBegun(CommandMapping.bytes(whole.begun()));
        }
        return written.build();
    }

    private static Pieces read(AddressPieces pieces) {
        return pieces.getWholesCount() == 0
                ? Pieces.NONE
                : new Pieces(
                        pieces.getWholesList().stream()
                                .map(whole ->
                                        new Pieces.Whole(
                                                PacketMapping.bytes(whole.getId()),
                                                PacketMapping.bytes(whole.getBegun())))
                                .toList());
    }

    static List<Bytes> addresses(List<ByteString> written) {
        return written.stream().map(PacketMapping::bytes).toList();
    }

    static AddressRewriting read(kontor.packets.v1.AddressRewriting rewriting) {
        return switch (rewriting) {
            case ADDRESS_REWRITING_AUTO -> AddressRewriting.AUTO;
            case ADDRESS_REWRITING_ON -> AddressRewriting.ON;
            // Of a newer adapter: messages are left alone.
            case ADDRESS_REWRITING_UNSPECIFIED, UNRECOGNIZED -> AddressRewriting.OFF;
        };
    }

    static kontor.packets.v1.AddressRewriting write(AddressRewriting rewriting) {
        return switch (rewriting) {
            case OFF -> kontor.packets.v1.AddressRewriting.ADDRESS_REWRITING_UNSPECIFIED;
            case AUTO -> kontor.packets.v1.AddressRewriting.ADDRESS_REWRITING_AUTO;
            case ON -> kontor.packets.v1.AddressRewriting.ADDRESS_REWRITING_ON;
        };
    }
}
