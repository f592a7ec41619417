package kontor.players.replay;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import kontor.players.capture.Connection;
import kontor.players.capture.Connection.Outcome;
import kontor.players.capture.Conversation;
import kontor.players.capture.Deed;
import kontor.vocabulary.Bytes;
import kontor.vocabulary.InstanceName;
import org.jspecify.annotations.Nullable;

/**
 * Finds, for what one game of a capture sent, where it came out at another: by content and time,
 * since a relay in between has addresses and ports of its own, and may have changed some bytes.
 */
final class Correlation {

    private static final long WINDOW_NANOS = 5_000_000_000L;

    /** Clocks of two interfaces need not agree to the last microsecond. */
    private static final long SLACK_NANOS = 1_000_000L;

    private static final double SIMILAR = 0.8;

    private final Map<InstanceName, Conversation> games;
    private final Map<InetAddress, InstanceName> captured = new HashMap<>();
    private final Map<End, End> acceptedFor = new HashMap<>();
    private final Map<Deed.Datagram, Arrival> arrivals = new HashMap<>();
    private final Set<Arrival> arrived = new HashSet<>();
    private final Map<Face, Map<InstanceName, Integer>> votes = new HashMap<>();

    Correlation(Map<InstanceName, Conversation> games) {
        this.games = games;
        games.forEach((name, conversation) -> captured.put(conversation.game(), name));
        connections();
        datagrams();
    }

    /** A connection, as one game of the capture had it. */
    record End(InstanceName game, int connection) {}

    /** Where a datagram came out. */
    record Arrival(InstanceName game, Deed.Datagram datagram) {}

    private record Face(InstanceName game, InetAddress peer) {}

    private record Candidate(End end, long cost) {}

    /** The accepted end of a connection that a game opened. */
    Optional<End> acceptedEnd(End opened) {
        return Optional.ofNullable(acceptedFor.get(opened));
    }

    Optional<Arrival> arrival(Deed.Datagram sent) {
        return Optional.ofNullable(arrivals.get(sent));
    }

    /** Which game stands behind an address that another one talked to. */
    Optional<InstanceName> behind(InstanceName game, InetAddress peer) {
        @Nullable InstanceName itself = captured.get(peer);
        if (itself != null) {
            return Optional.of(itself);
        }
        @Nullable Map<InstanceName, Integer> counted = votes.get(new Face(game, peer));
        if (counted != null) {
            return counted.entrySet().stream()
                    .max(Map.Entry.comparingByValue())
                    .map(Map.Entry::getKey);
        }
        return games.size() == 2
                ? games.keySet().stream().filter(other -> !other.equals(game)).findFirst()
                : Optional.empty();
    }

    private void vote(InstanceName game, InetAddress peer, InstanceName other) {
        votes.computeIfAbsent(new Face(game, peer), _ -> new HashMap<>())
                .merge(other, 1, Integer::sum);
    }

    private void connections() {
        Set<End> taken = new HashSet<>();
        games.forEach((name, conversation) -> {
            for (Connection opened : conversation.connections()) {
                if (opened.openedByGame() && opened.outcome() == Outcome.ESTABLISHED) {
                    accepting(name, opened).stream()
                            .filter(candidate -> !taken.contains(candidate.end))
                            .min(Comparator.comparingLong(Candidate::cost))
                            .ifPresent(best -> {
                                taken.add(best.end);
                                acceptedFor.put(new End(name, opened.number()), best.end);
                                vote(name, opened.peer().getAddress(), best.end.game);
                            });
                }
            }
        });
    }

    private List<Candidate> accepting(InstanceName opener, Connection opened) {
        Bytes sent = stream(game(opener).own(), opened.number());
        List<Candidate> candidates = new ArrayList<>();
        games.forEach((name, conversation) -> {
            for (Connection accepted : conversation.connections()) {
                long apart = accepted.openedAtNanos() - opened.openedAtNanos();
                if (name.equals(opener)
                        || accepted.openedByGame()
                        || accepted.outcome() != Outcome.ESTABLISHED
                        || accepted.targetPort() != opened.targetPort()
                        || Math.abs(apart) > WINDOW_NANOS) {
                    continue;
                }
                Bytes came = stream(conversation.peers(), accepted.number());
                long cost = Math.abs(apart);
                // A likely stream outweighs any nearness in time.
                cost += similar(sent, came) ? 0 : 2 * WINDOW_NANOS;
                candidates.add(new Candidate(new End(name, accepted.number()), cost));
            }
        });
        return candidates;
    }

    private static boolean similar(Bytes sent, Bytes came) {
        int common = Math.min(sent.length(), came.length());
        if (common == 0) {
            return sent.length() == came.length();
        }
        int same = 0;
        for (int i = 0; i < common; i++) {
            same += sent.unsignedAt(i) == came.unsignedAt(i) ? 1 : 0;
        }
        return same >= SIMILAR * Math.max(sent.length(), came.length());
    }

    private static Bytes stream(List<Deed> deeds, int connection) {
        Bytes stream = Bytes.empty();
        for (Deed deed : deeds) {
            // The beginning is enough to know a stream by.
            if (stream.length() > 4096) {
                break;
            }
            if (deed instanceof Deed.Wrote wrote && wrote.connection() == connection) {
                stream = stream.plus(wrote.payload());
            }
        }
        return stream.slice(0, Math.min(stream.length(), 4096));
    }

    private void datagrams() {
        Map<Bytes, List<Arrival>> byContent = new HashMap<>();
        games.forEach((name, conversation) -> {
            for (Deed deed : conversation.peers()) {
                if (deed instanceof Deed.Datagram datagram) {
                    byContent
                            .computeIfAbsent(datagram.payload(), _ -> new ArrayList<>())
                            .add(new Arrival(name, datagram));
                }
            }
        });
        games.forEach((name, conversation) -> {
            for (Deed deed : conversation.own()) {
                if (deed instanceof Deed.Datagram sent) {
                    arrive(name, sent, byContent.getOrDefault(sent.payload(), List.of()));
                }
            }
        });
    }

    private void arrive(InstanceName sender, Deed.Datagram sent, List<Arrival> candidates) {
        @Nullable Arrival best = null;
        for (Arrival candidate : candidates) {
            long apart = candidate.datagram.atNanos() - sent.atNanos();
            if (!candidate.game.equals(sender)
                    && apart >= -SLACK_NANOS
                    && apart <= WINDOW_NANOS
                    && !arrived.contains(candidate)
                    && faceMay(sender, sent.peer().getAddress(), candidate.game)
                    && (best == null || candidate.datagram.atNanos() < best.datagram.atNanos())) {
                best = candidate;
            }
        }
        if (best != null) {
            arrivals.put(sent, best);
            arrived.add(best);
            vote(sender, sent.peer().getAddress(), best.game);
        }
    }

    /** A datagram to a group is there once per machine: its address says which one is which. */
    private boolean faceMay(InstanceName sender, InetAddress peer, InstanceName game) {
        @Nullable InstanceName itself = captured.get(peer);
        if (itself != null) {
            return itself.equals(game);
        }
        @Nullable Map<InstanceName, Integer> counted = votes.get(new Face(sender, peer));
        return counted == null || counted.containsKey(game);
    }

    private Conversation game(InstanceName name) {
        return Objects.requireNonNull(games.get(name));
    }
}
