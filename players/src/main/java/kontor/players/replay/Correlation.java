package kontor.players.replay;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import kontor.captures.reading.Connection;
import kontor.captures.reading.Connection.Outcome;
import kontor.captures.reading.Conversation;
import kontor.captures.reading.Deed;
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
    private final Map<Deed.Datagram, List<Arrival>> arrivals = new HashMap<>();
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

    /** Two ends that may be of one connection. */
    private record Pair(End opened, End accepted, long cost) {}

    /** The accepted end of a connection that a game opened. */
    Optional<End> acceptedEnd(End opened) {
        return Optional.ofNullable(acceptedFor.get(opened));
    }

    /** Where a datagram came out: nowhere, or once; a broadcast at most once per game. */
    List<Arrival> arrivals(Deed.Datagram sent) {
        return arrivals.getOrDefault(sent, List.of());
    }

    /**
     * Which game stands behind an address that another one talked to; empty for any other machine.
     */
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
        boolean onlyChoice = games.size() == 2 && faces(game).equals(Set.of(peer));
        return onlyChoice
                ? games.keySet().stream().filter(other -> !other.equals(game)).findFirst()
                : Optional.empty();
    }

    /** The addresses of single machines that a game talked to. */
    private Set<InetAddress> faces(InstanceName game) {
        Set<InetAddress> faces = new HashSet<>();
        game(game).connections().forEach(c -> faces.add(c.peer().getAddress()));
        for (Deed deed : game(game).own()) {
            if (deed instanceof Deed.Datagram datagram && !datagram.broadcast()) {
                faces.add(datagram.peer().getAddress());
            }
        }
        return faces;
    }

    private void vote(InstanceName game, InetAddress peer, InstanceName other) {
        votes.computeIfAbsent(new Face(game, peer), _ -> new HashMap<>())
                .merge(other, 1, Integer::sum);
    }

    private void connections() {
        List<Pair> pairs = new ArrayList<>();
        games.forEach((name, conversation) -> {
            for (Connection opened : conversation.connections()) {
                if (opened.openedByGame() && answered(opened)) {
                    pairs.addAll(accepting(name, opened));
                }
            }
        });
        pairs.sort(Comparator.comparingLong(Pair::cost));
        Set<End> taken = new HashSet<>();
        for (Pair pair : pairs) {
            if (!taken.contains(pair.opened) && !taken.contains(pair.accepted)) {
                taken.add(pair.opened);
                taken.add(pair.accepted);
                acceptedFor.put(pair.opened, pair.accepted);
                InstanceName opener = pair.opened.game;
                Connection opened = game(opener).connections().get(pair.opened.connection);
                vote(opener, opened.peer().getAddress(), pair.accepted.game);
            }
        }
    }

    /** A relay may accept first, and reset when it is refused. */
    private boolean fit(InstanceName opener, Connection opened, Connection accepted) {
        boolean resetAtOnce =
                accepted.outcome() == Outcome.REFUSED
                        && stream(game(opener).own(), opened.number()).isEmpty()
                        && stream(game(opener).peers(), opened.number()).isEmpty();
        return accepted.outcome() == opened.outcome() || resetAtOnce;
    }

    private static boolean answered(Connection connection) {
        return connection.outcome() == Outcome.ESTABLISHED
                || connection.outcome() == Outcome.REFUSED;
    }

    private List<Pair> accepting(InstanceName opener, Connection opened) {
        Bytes sent = stream(game(opener).own(), opened.number());
        InetSocketAddress openedBy = new InetSocketAddress(game(opener).game(), opened.gamePort());
        List<Pair> pairs = new ArrayList<>();
        games.forEach((name, conversation) -> {
            for (Connection accepted : conversation.connections()) {
                long apart = Math.abs(accepted.openedAtNanos() - opened.openedAtNanos());
                if (name.equals(opener)
                        || accepted.openedByGame()
                        || !fit(opener, opened, accepted)
                        || accepted.targetPort() != opened.targetPort()
                        || apart > WINDOW_NANOS) {
                    continue;
                }
                boolean toItself = opened.peer().getAddress().equals(conversation.game());
                boolean fromItself = accepted.peer().equals(openedBy);
                boolean direct = toItself && fromItself;
                InetAddress from = accepted.peer().getAddress();
                boolean possible =
                        (toItself || !captured.containsKey(opened.peer().getAddress()))
                                && (from.equals(openedBy.getAddress())
                                        || !captured.containsKey(from));
                Bytes came = stream(conversation.peers(), accepted.number());
                if (possible && (direct || similar(sent, came))) {
                    pairs.add(
                            new Pair(
                                    new End(opener, opened.number()),
                                    new End(name, accepted.number()),
                                    // Addresses that are right outweigh any nearness in time.
                                    apart
                                            - (direct ? 2 * WINDOW_NANOS : 0)
                                            + (accepted.outcome() == opened.outcome()
                                                    ? 0
                                                    : WINDOW_NANOS)));
                }
            }
        });
        return pairs;
    }

    /** As far as both go: a relay changes some bytes, and either end of a capture may lack some. */
    private static boolean similar(Bytes sent, Bytes came) {
        int common = Math.min(sent.length(), came.length());
        int same = 0;
        for (int i = 0; i < common; i++) {
            same += sent.unsignedAt(i) == came.unsignedAt(i) ? 1 : 0;
        }
        return same >= SIMILAR * common;
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
        // Where addresses tell it, there is no doubt; what is left then is for a relay to explain.
        for (boolean direct : new boolean[] {true, false}) {
            games.forEach((name, conversation) -> {
                for (Deed deed : conversation.own()) {
                    if (deed instanceof Deed.Datagram sent) {
                        arrive(
                                name,
                                sent,
                                byContent.getOrDefault(sent.payload(), List.of()),
                                direct);
                    }
                }
            });
        }
    }

    private void arrive(
            InstanceName sender, Deed.Datagram sent, List<Arrival> candidates, boolean direct) {
        if (!sent.broadcast()) {
            if (arrivals(sent).isEmpty()) {
                earliest(sender, sent, candidates, direct)
                        .ifPresent(best -> {
                            arrive(sent, best);
                            vote(sender, sent.peer().getAddress(), best.game);
                        });
            }
            return;
        }
        for (InstanceName receiver : games.keySet()) {
            if (arrivals(sent).stream().noneMatch(a -> a.game.equals(receiver))) {
                List<Arrival> there =
                        candidates.stream().filter(c -> c.game.equals(receiver)).toList();
                earliest(sender, sent, there, direct).ifPresent(best -> arrive(sent, best));
            }
        }
    }

    private void arrive(Deed.Datagram sent, Arrival arrival) {
        arrivals.computeIfAbsent(sent, _ -> new ArrayList<>()).add(arrival);
        arrived.add(arrival);
    }

    private Optional<Arrival> earliest(
            InstanceName sender, Deed.Datagram sent, List<Arrival> candidates, boolean direct) {
        return candidates.stream()
                .filter(candidate -> possible(sender, sent, candidate, direct))
                .min(Comparator.comparingLong(candidate -> candidate.datagram.atNanos()));
    }

    private boolean possible(
            InstanceName sender, Deed.Datagram sent, Arrival candidate, boolean direct) {
        long apart = candidate.datagram.atNanos() - sent.atNanos();
        InetAddress from = candidate.datagram.peer().getAddress();
        boolean fromItself = from.equals(game(sender).game());
        boolean toItself =
                sent.broadcast() || sent.peer().getAddress().equals(game(candidate.game).game());
        return !candidate.game.equals(sender)
                && apart >= -SLACK_NANOS
                && apart <= WINDOW_NANOS
                && !arrived.contains(candidate)
                && (sent.broadcast() || !candidate.datagram.broadcast())
                && (direct
                        ? fromItself && toItself
                        : (fromItself || !captured.containsKey(from))
                                && (sent.broadcast()
                                        || faceMay(
                                                sender, sent.peer().getAddress(), candidate.game)));
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
