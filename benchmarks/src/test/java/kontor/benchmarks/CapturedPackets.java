package kontor.benchmarks;

import java.net.InetAddress;
import kontor.adapter.capture.CapturedEvent;
import kontor.adapter.capture.Endpoint;
import kontor.adapter.capture.Observation;
import kontor.adapter.kafka.RunIdentity;
import kontor.vocabulary.Bytes;
import kontor.vocabulary.InstanceName;
import kontor.vocabulary.LabName;
import kontor.vocabulary.RunId;

/** Datagrams as an adapter captures them. */
final class CapturedPackets {

    static final RunIdentity RUN =
            new RunIdentity(
                    new LabName("default"),
                    new InstanceName("game1"),
                    RunId.parse("0b2d6f7e-6a0a-4a35-8f0e-0d6c3f6f8a01"),
                    1_700_000_000_000_000L,
                    "benchmark");

    private static final Endpoint GAME = new Endpoint(InetAddress.ofLiteral("127.1.0.1"), 2350);
    private static final Endpoint PEER = new Endpoint(InetAddress.ofLiteral("127.1.0.2"), 2350);

    private CapturedPackets() {}

    /** The one with this adapter sequence. */
    static CapturedEvent datagram(long sequence, Bytes payload) {
        return new CapturedEvent(
                sequence,
                RUN.startedAtMicros() + sequence,
                payload.crc32c(),
                new Observation.Datagram(GAME, PEER, payload));
    }
}
