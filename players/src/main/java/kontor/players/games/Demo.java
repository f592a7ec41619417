package kontor.players.games;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import kontor.lab.Lab;
import kontor.players.directplay.GameMessages.Value;
import kontor.players.directplay.SessionDescription;
import kontor.players.report.Progress;
import kontor.vocabulary.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * Stand-in games that play through a lab: a host and its joiners find the session, join, move
 * ships, trade, chat and leave, round after round; then what each received is held against what the
 * others sent.
 */
public final class Demo {

    private static final int MOST_PROBLEMS = 100;

    /** So long after the last expected message a surplus one has to show. */
    private static final Duration SURPLUS = Duration.ofMillis(300);

    private static final List<String> WORDS =
            List.of(
                    "Who has tools to sell?",
                    "My people want cloth.",
                    "Ships on the way!",
                    "The pirates are back.",
                    "Tobacco for spices?",
                    "A church at last.",
                    "Stay off my island!",
                    "Good wind to all.");

    private final Lab lab;
    private final Places places;
    private final DemoSettings settings;
    private final Progress progress;
    private final Ledger ledger = new Ledger();
    private final Queue<String> problems = new ConcurrentLinkedQueue<>();
    private final Map<String, DemoReport.Way> ways = new TreeMap<>();
    private final AtomicLong done = new AtomicLong();
    private volatile boolean stopping;

    /**
     * Games that read the addresses of third machines as they are written if the lab's description
     * says that it rewrites them; else by their last byte.
     *
     * @throws IllegalArgumentException if the lab has fewer instances than players, or does not
     *     carry their ports
     */
    public Demo(Lab lab, DemoSettings settings, Progress progress) {
        if (lab.instances().size() < settings.players()) {
            throw new IllegalArgumentException(
                    "%d players, but lab '%s' has only %s"
                            .formatted(settings.players(), lab.name(), lab.names()));
        }
        GamePorts ports = settings.ports();
        if (!lab.udpPorts().contains(ports.search())
                || !lab.udpPorts().contains(ports.udp())
                || !lab.tcpPorts().contains(ports.tcp())) {
            throw new IllegalArgumentException(
                    "lab '%s' has to carry UDP %d and %d and TCP %d"
                            .formatted(lab.name(), ports.search(), ports.udp(), ports.tcp()));
        }
        this.lab = lab;
        this.places = Places.of(lab);
        this.settings = settings;
        this.progress = progress.oneAtATime();
    }

    /** Lets the players leave, so that {@link #play} ends soon. From any thread. */
    public void stop() {
        stopping = true;
    }

    /**
     * Plays all rounds, or until stopped, or until a round fails; blocks. Once only.
     *
     * @throws IOException if a game cannot bind its sockets
     */
    public DemoReport play() throws IOException, InterruptedException {
        long began = System.nanoTime();
        int rounds = 0;
        List<StandInGame> games = new ArrayList<>();
        try {
            HostGame host =
                    new HostGame(
                            lab.instances().getFirst(),
                            places,
                            settings.ports(),
                            "Kontor",
                            ledger,
                            this::problem);
            games.add(host);
            List<JoinerGame> joiners = new ArrayList<>();
            for (int i = 1; i < settings.players(); i++) {
                JoinerGame joiner =
                        new JoinerGame(
                                lab.instances().get(i),
                                places,
                                settings.ports(),
                                ledger,
                                this::problem);
                games.add(joiner);
                joiners.add(joiner);
            }
            while (!stopping && (settings.rounds() == 0 || rounds < settings.rounds())) {
                round(rounds, host, joiners);
                games.forEach(game -> game.wire.countAnew());
                ledger.check().forEach(way -> Ledger.add(ways, way));
                if (!problems.isEmpty()
                        || !ways.values().stream().allMatch(DemoReport.Way::exact)) {
                    break;
                }
                rounds++;
            }
        } finally {
            games.forEach(StandInGame::close);
        }
        return DemoReport.of(
                rounds,
                Duration.ofNanos(System.nanoTime() - began),
                List.copyOf(ways.values()),
                List.copyOf(problems));
    }

    private void problem(String what) {
        if (problems.size() < MOST_PROBLEMS) {
            problems.add(what);
        }
    }

    private void round(int number, HostGame host, List<JoinerGame> joiners)
            throws InterruptedException {
        Random random = new Random(settings.seed() + number);
        byte[] instance = new byte[16];
        random.nextBytes(instance);
        SessionDescription session =
                new SessionDescription(
                        Bytes.owning(instance), settings.players(), 1, random.nextInt() | 1 << 20);
        try {
            host.host(session);
            tell("%s opens a session".formatted(host.name()));
            List<StandInGame> inside = new ArrayList<>(List.of(host));
            for (JoinerGame joiner : joiners) {
                if (enter(joiner, host, inside)) {
                    inside.add(joiner);
                }
            }
            playTogether(inside, random.nextLong());
            for (JoinerGame joiner : joiners) {
                if (inside.remove(joiner)) {
                    depart(joiner, inside);
                }
            }
            settle("at the round's end");
            Thread.sleep(SURPLUS);
            host.left();
            host.wire.reset();
        } catch (IOException e) {
            problem("round %d broke off: %s".formatted(number + 1, e.getMessage()));
        }
    }

    private boolean enter(JoinerGame joiner, HostGame host, List<StandInGame> inside)
            throws IOException, InterruptedException {
        @Nullable SessionDescription found = joiner.find(host.name(), settings.patience());
        if (found == null) {
            return false;
        }
        tell("%s finds the session".formatted(joiner.name()));
        pause(new Random(settings.seed()));
        if (!joiner.join(host.name(), found, settings.patience())) {
            return false;
        }
        for (StandInGame other : inside) {
            if (!other.awaitMachines(inside.size(), settings.patience())) {
                problem("%s has not heard of %s".formatted(other.name(), joiner.name()));
                return false;
            }
        }
        tell("%s joins".formatted(joiner.name()));
        return true;
    }

    private void playTogether(List<StandInGame> games, long seed) throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int place = 0; place < games.size(); place++) {
            StandInGame game = games.get(place);
            Player player = new Player(game, place, new Random(seed + place));
            threads.add(
                    Thread.ofVirtual()
                            .name("kontor-player-" + game.name())
                            .start(() -> act(player)));
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private record Player(StandInGame game, int place, Random random) {}

    private void act(Player player) {
        try {
            for (int i = 0; i < settings.actions() && !stopping; i++) {
                tell(player.game.name() + " " + one(player, i));
                pause(player.random);
            }
        } catch (IOException e) {
            problem("%s: %s".formatted(player.game.name(), e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One action, and what to tell of it. */
    private static String one(Player player, int number) throws IOException {
        return switch (player.random.nextInt(10)) {
            case 0 -> chat(player);
            case 1 -> {
                player.game.ping();
                yield "pings";
            }
            case 2, 3, 4 -> move(player);
            default -> trade(player, number);
        };
    }

    private static String chat(Player player) throws IOException {
        String words = WORDS.get(player.random.nextInt(WORDS.size()));
        player.game.toGroup(player.game.game().chat(player.place, words));
        return "says \"%s\"".formatted(words);
    }

    private static String move(Player player) throws IOException {
        Random random = player.random;
        List<Integer> turns = random.ints(2 + random.nextInt(6), 0, 500).boxed().toList();
        int ship = 4 * player.place + random.nextInt(4);
        player.game.toGroup(
                player.game.game().move(ship, random.nextInt(250_000), random.nextInt(500), turns));
        return "moves a ship";
    }

    private static String trade(Player player, int number) throws IOException {
        Random random = player.random;
        List<Value> values =
                List.of(
                        Value.stock(2 + random.nextInt(23), random.nextInt(50)),
                        Value.tax(random.nextInt(5), 0x40 + random.nextInt(0x81)),
                        Value.money(10_000 + number));
        player.game.toGroup(player.game.game().values(values));
        return "trades";
    }

    /** Leaves, and resets its connections when all that was said has been heard. */
    private void depart(JoinerGame joiner, List<StandInGame> staying)
            throws IOException, InterruptedException {
        settle("before %s leaves".formatted(joiner.name()));
        joiner.leave();
        for (StandInGame other : staying) {
            if (!other.awaitMachines(staying.size() - 1, settings.patience())) {
                problem("%s has not heard that %s left".formatted(other.name(), joiner.name()));
            }
        }
        settle("when %s left".formatted(joiner.name()));
        joiner.wire.reset();
        tell("%s leaves".formatted(joiner.name()));
    }

    private void settle(String when) throws InterruptedException {
        if (!ledger.awaitSettled(settings.patience().toMillis())) {
            problem("not all has arrived " + when);
        }
    }

    private void pause(Random random) throws InterruptedException {
        // Lively: now and then several at once, now and then a rest.
        double factor = random.nextInt(4) == 0 ? 0 : random.nextDouble() * 8 / 3;
        long nanos = (long) (settings.pause().toNanos() * factor);
        Thread.sleep(Duration.ofNanos(nanos));
    }

    private void tell(String what) {
        // Each round: the session is opened, each joiner finds, joins and leaves, all act.
        long perRound =
                1L + 3L * (settings.players() - 1) + (long) settings.players() * settings.actions();
        long total = settings.rounds() * perRound;
        progress.at(done.incrementAndGet(), total, what);
    }
}
