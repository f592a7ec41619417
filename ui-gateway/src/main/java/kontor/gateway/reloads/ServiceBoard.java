package kontor.gateway.reloads;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The newest word of each process about itself; a bounded number, of those that spoke last.
 *
 * <p>Thread-safe.
 */
public final class ServiceBoard {

    private final int most;
    private final Duration thereWithin;
    private final Map<String, ServiceWord> processes = new LinkedHashMap<>();

    /**
     * What a process said.
     *
     * @param ownerEpoch 0 where it owns nothing
     * @param followers its readers of logs
     */
    public record ServiceWord(
            String service,
            String processId,
            long pid,
            String state,
            Instant startedAt,
            Instant saidAt,
            String version,
            long ownerEpoch,
            List<FollowerSummary> followers) {

        public ServiceWord {
            followers = List.copyOf(followers);
        }
    }

    /** A follower and whose it is. */
    public record Follower(String service, String process, FollowerSummary word) {

        @Override
        public String toString() {
            return "the %s of %s is %s%s"
                    .formatted(
                            word.name(),
                            service,
                            word.state().text(),
                            word.reason() == null ? "" : ": " + word.reason());
        }
    }

    /**
     * @param most processes that are kept
     * @param thereWithin one whose last word is older is gone
     */
    public ServiceBoard(int most, Duration thereWithin) {
        this.most = most;
        this.thereWithin = thereWithin;
    }

    public synchronized void onWord(ServiceWord word) {
        @Nullable ServiceWord before = processes.get(word.processId());
        if (before != null && before.saidAt().isAfter(word.saidAt())) {
            return;
        }
        processes.remove(word.processId());
        processes.put(word.processId(), word);
        if (processes.size() > most) {
            processes.remove(processes.keySet().iterator().next());
        }
    }

    /** By service, who spoke last first. */
    public synchronized List<ServiceSummary> services(Instant now) {
        return processes.values().stream()
                .sorted(
                        Comparator.comparing(ServiceWord::service)
                                .thenComparing(ServiceWord::saidAt, Comparator.reverseOrder()))
                .map(word -> summary(word, now))
                .toList();
    }

    /** The followers of the processes that are there. */
    public List<Follower> followers(Instant now) {
        return services(now).stream()
                .filter(ServiceSummary::there)
                .flatMap(service ->
                        service.followers().stream()
                                .map(word ->
                                        new Follower(service.service(), service.processId(), word)))
                .toList();
    }

    /** Whether this process has spoken. */
    public synchronized boolean knows(String processId) {
        return processes.containsKey(processId);
    }

    private ServiceSummary summary(ServiceWord word, Instant now) {
        boolean recent = Duration.between(word.saidAt(), now).compareTo(thereWithin) <= 0;
        return new ServiceSummary(
                word.service(),
                word.processId(),
                word.pid(),
                word.state(),
                recent && !word.state().equals("stopping"),
                word.version(),
                word.ownerEpoch() == 0 ? null : word.ownerEpoch(),
                word.startedAt(),
                word.saidAt(),
                word.followers());
    }
}
