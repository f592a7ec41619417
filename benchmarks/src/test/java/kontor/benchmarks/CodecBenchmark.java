package kontor.benchmarks;

import com.google.protobuf.InvalidProtocolBufferException;
import java.util.concurrent.TimeUnit;
import kontor.adapter.capture.CapturedEvent;
import kontor.adapter.kafka.EventEncoder;
import kontor.packets.v1.AdapterEvent;
import kontor.topics.Records;
import kontor.vocabulary.Bytes;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A captured datagram becomes a message, a record, and a message again. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CodecBenchmark {

    /** Of the payload. */
    @Param({"50", "200", "1400"})
    private int bytes;

    private final EventEncoder encoder = new EventEncoder(CapturedPackets.RUN);
    private CapturedEvent event = CapturedPackets.datagram(1, Bytes.empty());
    private byte[] encoded = new byte[0];

    @Setup
    public void capture() {
        event = CapturedPackets.datagram(1, Bytes.owning(new byte[bytes]));
        encoded = encoder.encode(event);
    }

    @Benchmark
    public byte[] encode() {
        return encoder.encode(event);
    }

    /** With the second parse, of what the headers need. */
    @Benchmark
    public ProducerRecord<String, byte[]> record() throws InvalidProtocolBufferException {
        return Records.ofAdapterEvent(encoded);
    }

    @Benchmark
    public AdapterEvent decode() throws InvalidProtocolBufferException {
        return AdapterEvent.parseFrom(encoded);
    }
}
