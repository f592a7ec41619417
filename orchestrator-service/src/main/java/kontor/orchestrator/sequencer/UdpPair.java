package kontor.orchestrator.sequencer;

import kontor.vocabulary.Bytes;
import kontor.vocabulary.InstanceName;
import org.jspecify.annotations.Nullable;

/**
 * What makes a UDP flow: who sent first from which port, and whom it called at which port. The same
 * instance has another address in each network, so instances count, and addresses only where no
 * instance has them.
 */
record UdpPair(End opener, End target) {

    record End(@Nullable InstanceName instance, Bytes address, int port) {

        static End of(FlowEnd end) {
            Endpoint endpoint = end.endpoint();
            return new End(
                    end.instance(),
                    end.instance() == null ? endpoint.address() : Bytes.empty(),
                    endpoint.port());
        }
    }

    static UdpPair of(FlowEnd opener, FlowEnd target) {
        return new UdpPair(End.of(opener), End.of(target));
    }

    UdpPair reversed() {
        return new UdpPair(target, opener);
    }
}
