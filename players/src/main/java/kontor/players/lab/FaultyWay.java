package kontor.players.lab;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import kontor.vocabulary.Bytes;
import org.jspecify.annotations.Nullable;

/** One way through the lab, from one socket to another. Used by one thread at a time. */
final class FaultyWay {

    private final Fault.Transport transport;
    private final List<Fault> faults;
    private final AtomicLong carried;
    private @Nullable Bytes overtaken;

    /**
     * @param carried how many the lab has carried by this transport, on all ways
     */
    FaultyWay(Fault.Transport transport, List<Fault> faults, AtomicLong carried) {
        this.transport = transport;
        this.faults = faults;
        this.carried = carried;
    }

    /** What is to be handed over for it, in this order. */
    List<Bytes> carry(Bytes payload) {
        long number = carried.incrementAndGet();
        @Nullable Bytes late = overtaken;
        overtaken = null;
        List<Bytes> out = new ArrayList<>(List.of(payload));
        for (Fault fault : faults) {
            if (fault.transport() == transport && fault.nth() == number) {
                out = commit(fault.kind(), payload);
            }
        }
        if (late != null) {
            out.add(late);
        }
        return out;
    }

    private List<Bytes> commit(Fault.Kind kind, Bytes payload) {
        List<Bytes> out = new ArrayList<>();
        switch (kind) {
            case LOSE -> {}
            case DOUBLE -> out.addAll(List.of(payload, payload));
            case REORDER -> overtaken = payload;
            case ALTER -> out.add(altered(payload));
        }
        return out;
    }

    private static Bytes altered(Bytes payload) {
        byte[] bytes = payload.isEmpty() ? new byte[1] : payload.toByteArray();
        bytes[bytes.length - 1] ^= 0x55;
        return Bytes.owning(bytes);
    }
}
