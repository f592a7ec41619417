package kontor.gateway.instances;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an event named that means nobody in the network of its sender.
 *
 * @param session null between sessions
 * @param sequence in that session
 */
public record NamedAddresses(
        String lab,
        String instance,
        @Nullable String session,
        long sequence,
        Instant at,
        List<Named> named) {

    public NamedAddresses {
        named = List.copyOf(named);
    }

    /**
     * One of them.
     *
     * @param field in which it stood
     * @param own the sender's own address in its network; null where it is not known
     */
    public record Named(String address, String field, @Nullable String own) {}
}
