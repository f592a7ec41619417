package kontor.analysis.sessions;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import kontor.analysis.analyzer.Message;
import kontor.analysis.user.AnalyzerResult;
import kontor.analysis.user.Outcome;
import kontor.analysis.user.Samples;
import kontor.analysis.user.SeenMessage;
import kontor.analysis.user.UserAnalyzer;
import kontor.analysis.user.UserAnalyzers;
import kontor.vocabulary.LabName;
import kontor.vocabulary.SessionId;

/**
 * One running session under the analyzers of users: asks them about each message, and keeps the
 * newest messages, so that another version can dissect them again.
 */
final class UserFold {

    private static final int MOST_KEPT = 20_000;
    private static final long MOST_BYTES = 32L * 1024 * 1024;

    /** A kept message takes this beside its bytes, and this for each of its fields, roughly. */
    private static final int ENTRY_BYTES = 256;

    private static final long FIELD_BYTES = 48;

    /** A version that has failed so often in a session is no longer asked. */
    private static final int MOST_FAILURES = 20;

    private final SessionId id;
    private final LabName lab;
    private final Samples samples;
    private final Deque<SeenMessage> kept = new ArrayDeque<>();
    private long keptBytes;
    private UserAnalyzers users;

    /** Failures of the versions in use, by name. */
    private final Map<String, Integer> failures = new HashMap<>();

    UserFold(SessionId id, LabName lab, Samples samples, UserAnalyzers users) {
        this.id = id;
        this.lab = lab;
        this.samples = samples;
        this.users = users;
    }

    /** Takes what one built-in analyzer found at an event. */
    void on(long sequence, List<Message> messages, List<Effect> effects) {
        List<SeenMessage> seen =
                messages.stream().map(message -> SeenMessage.of(sequence, message)).toList();
        seen.forEach(this::keep);
        for (UserAnalyzer user : users.current()) {
            Finding finding = new Finding(sequence);
            seen.forEach(message -> ask(user, message, finding, effects));
            if (!finding.isEmpty()) {
                effects.add(finding.found(user));
            }
        }
    }

    /** Swaps versions; those that stay the same are not asked again. */
    void use(UserAnalyzers next, long lastSequence, List<Effect> effects) {
        UserAnalyzers before = users;
        users = next;
        for (UserAnalyzer gone : before.current()) {
            if (next.current().stream().noneMatch(user -> user.name().equals(gone.name()))) {
                failures.remove(gone.name());
                effects.add(
                        new Effect.Swapped(lab, id, gone.name(), "", lastSequence, 0, List.of()));
            }
        }
        for (UserAnalyzer user : next.current()) {
            if (!before.has(user)) {
                failures.remove(user.name());
                effects.add(again(user, lastSequence, effects));
            }
        }
    }

    private Effect again(UserAnalyzer user, long lastSequence, List<Effect> effects) {
        List<Effect.Found> found = new ArrayList<>();
        long oldest = kept.isEmpty() ? 0 : kept.getFirst().sequence();
        Iterator<SeenMessage> newestFirst = kept.descendingIterator();
        List<SeenMessage> event = new ArrayList<>();
        while (newestFirst.hasNext()) {
            SeenMessage message = newestFirst.next();
            if (!event.isEmpty() && event.getFirst().sequence() != message.sequence()) {
                findAgain(user, event, found, effects);
                event.clear();
            }
            event.add(message);
        }
        findAgain(user, event, found, effects);
        return new Effect.Swapped(
                lab, id, user.name(), user.version(), lastSequence, oldest, found);
    }

    /**
     * @param event the messages of one event, the last one first
     */
    private void findAgain(
            UserAnalyzer user,
            List<SeenMessage> event,
            List<Effect.Found> found,
            List<Effect> effects) {
        if (event.isEmpty()) {
            return;
        }
        Finding finding = new Finding(event.getFirst().sequence());
        event.reversed().forEach(message -> ask(user, message, finding, effects));
        if (!finding.isEmpty()) {
            found.add(finding.found(user));
        }
    }

    private void ask(
            UserAnalyzer user, SeenMessage message, Finding finding, List<Effect> effects) {
        if (failures.getOrDefault(user.name(), 0) >= MOST_FAILURES) {
            return;
        }
        switch (user.on(message)) {
            case Outcome.Nothing _ -> {}
            case Outcome.Found(Message result, List<AnalyzerResult> results) -> {
                finding.messages.add(result);
                finding.results.addAll(results);
            }
            case Outcome.Unfit(Message malformed, _, _, _) -> finding.messages.add(malformed);
            case Outcome.Failed(Message unknown, String problem) -> {
                finding.messages.add(unknown);
                if (failures.merge(user.name(), 1, Integer::sum) == MOST_FAILURES) {
                    effects.add(
                            new Effect.Suspended(
                                    id,
                                    user.name(),
                                    user.version(),
                                    "failed on %d messages: %s".formatted(MOST_FAILURES, problem)));
                }
            }
        }
    }

    private void keep(SeenMessage message) {
        samples.add(message);
        kept.addLast(message);
        keptBytes += bytes(message);
        while (kept.size() > MOST_KEPT || keptBytes > MOST_BYTES) {
            keptBytes -= bytes(kept.removeFirst());
        }
    }

    private static long bytes(SeenMessage message) {
        return message.length() + ENTRY_BYTES + FIELD_BYTES * message.starts().size();
    }

    /** What an analyzer finds at one event. */
    private final class Finding {

        private final long sequence;
        private final List<Message> messages = new ArrayList<>();
        private final List<AnalyzerResult> results = new ArrayList<>();

        Finding(long sequence) {
            this.sequence = sequence;
        }

        boolean isEmpty() {
            return messages.isEmpty();
        }

        Effect.Found found(UserAnalyzer user) {
            return new Effect.Found(
                    lab, id, sequence, user.name(), user.version(), messages, results);
        }
    }
}
