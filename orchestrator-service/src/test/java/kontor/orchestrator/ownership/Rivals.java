package kontor.orchestrator.ownership;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import kontor.orchestrator.sequencer.AdapterEvent;
import kontor.orchestrator.sequencer.Command;
import kontor.orchestrator.sequencer.Input;
import kontor.orchestrator.sequencer.InputPosition;
import kontor.orchestrator.sequencer.LabState;
import kontor.orchestrator.sequencer.Sequencer;
import kontor.orchestrator.sequencer.SessionEvent;
import kontor.orchestrator.sequencer.Stamp;
import kontor.vocabulary.InstanceName;
import kontor.vocabulary.LabName;
import kontor.vocabulary.RunId;

/**
 * Owners of one partition that all believe in themselves: they take over from each other at any
 * moment, fall asleep with records on their way, wake up and go on, and notice late that another
 * has claimed. One thread, a broker that keeps the order of each sender in each topic, no clock.
 */
final class Rivals {

    /** Of a {@code SendWindow}, and as many as a new owner goes back. */
    private static final int WINDOW = 8;

    private static final String PACKETS = "kontor.packets";
    private static final int LIVES = 12;

    /** Far more than any run needs that settles. */
    private static final int MOST_STEPS = 1_000_000;

    private final Random random;
    private final List<AdapterEvent> packets;
    private final LabName lab;
    private final Sequencer sequencer = new Sequencer(Duration.ofMillis(1));
    private final List<LogRecord> sessionEvents = new ArrayList<>();
    private final Map<InstanceName, List<Accepted.Told>> commandTopics = new HashMap<>();
    private final List<Owner> owners = new ArrayList<>();
    private int lives;
    private int zombies;

    Rivals(long seed, List<AdapterEvent> packets) {
        this.random = new Random(seed);
        this.packets = packets;
        this.lab = packets.getFirst().lab();
    }

    /** Ends when the last owner has dealt with all packets and nobody has anything on its way. */
    Rivals run() {
        while (lives < LIVES) {
            if (owners.isEmpty() || random.nextInt(60) == 0) {
                owners.add(new Owner());
            }
            owners.get(random.nextInt(owners.size())).act();
        }
        Owner last = new Owner();
        owners.add(last);
        for (int steps = 0; !last.isDone() || owners.size() > 1; steps++) {
            if (steps == MOST_STEPS) {
                throw new AssertionError("the owners never settle");
            }
            owners.get(random.nextInt(owners.size())).act();
        }
        return this;
    }

    List<SessionEvent> truth() {
        return Accepted.truth(sessionEvents);
    }

    Map<RunId, List<Command>> carriedOut() {
        return Accepted.carriedOut(commandTopics.values());
    }

    /** How many records were written by an owner that had been displaced already. */
    int zombies() {
        return zombies;
    }

    /** A record on its way. */
    private record OnItsWay(long ticket, String topic, Runnable arrival) {}

    /** One life of an owner. Begins with a claim. */
    private final class Owner {

        private final PartitionLog log = new PartitionLog();
        private final List<OnItsWay> onItsWay = new ArrayList<>();
        private long tickets;
        private long next;
        private int watched;
        private int sleep;

        Owner() {
            lives++;
            Queue<List<Command>> last = new ArrayDeque<>();
            for (LogRecord record : sessionEvents) {
                PartitionLog.Outcome outcome = log.fold(record);
                if (record instanceof LogRecord.Entry
                        && outcome.kind() == PartitionLog.Kind.APPLIED) {
                    last.add(outcome.commands());
                    if (last.size() > WINDOW) {
                        last.remove();
                    }
                }
            }
            LogRecord.Claim claim = new LogRecord.Claim("owner" + lives, log.epoch() + 1, lives);
            sessionEvents.add(claim);
            log.fold(claim);
            watched = sessionEvents.size();
            for (LabState.Target target : log.lab(lab).targets()) {
                send(new Command(lab, target.instance(), target.run(), 0, null, 0, 0, List.of()));
            }
            last.forEach(commands -> commands.forEach(this::send));
            next = onItsWay.isEmpty() ? log.nextOffset(PACKETS) : -1;
        }

        boolean isDone() {
            return next == packets.size() && onItsWay.isEmpty();
        }

        void act() {
            if (sleep > 0) {
                sleep--;
                return;
            }
            switch (random.nextInt(12)) {
                case 0 -> sleep = random.nextInt(200);
                case 1 -> watch();
                case 2, 3, 4, 5 -> arrive();
                default -> decide();
            }
        }

        /** An owner that notices that it is displaced gives up what is on its way. */
        private void watch() {
            for (LogRecord record : sessionEvents.subList(watched, sessionEvents.size())) {
                if (record instanceof LogRecord.Claim claim && claim.epoch() > log.epoch()) {
                    owners.remove(this);
                }
            }
            watched = sessionEvents.size();
        }

        /** Any record may arrive that is the first of its topic. */
        private void arrive() {
            if (onItsWay.isEmpty()) {
                return;
            }
            String topic = onItsWay.get(random.nextInt(onItsWay.size())).topic();
            OnItsWay first =
                    onItsWay.stream()
                            .filter(r -> r.topic().equals(topic))
                            .findFirst()
                            .orElseThrow();
            onItsWay.remove(first);
            first.arrival().run();
            zombies += owners.getLast() == this ? 0 : 1;
            if (next < 0 && onItsWay.isEmpty()) {
                next = log.nextOffset(PACKETS);
            }
        }

        private void decide() {
            boolean windowIsFull =
                    !onItsWay.isEmpty() && tickets - onItsWay.getFirst().ticket() >= WINDOW;
            if (next < 0 || next == packets.size() || windowIsFull) {
                return;
            }
            AdapterEvent event = packets.get((int) next);
            Input input = new Input.Captured(event, new InputPosition(PACKETS, 0, next));
            Stamp stamp = new Stamp(log.epoch(), next);
            for (SessionEvent decided :
                    sequencer.decide(lab, log.lab(lab), input, stamp).events()) {
                LogRecord.Entry entry = new LogRecord.Entry(decided);
                log.fold(entry).commands().forEach(this::send);
                send("log", () -> sessionEvents.add(entry));
            }
            next++;
        }

        private void send(Command command) {
            Accepted.Told told = new Accepted.Told(log.epoch(), command);
            InstanceName instance = command.instance();
            send(
                    instance.value(),
                    () ->
                            commandTopics
                                    .computeIfAbsent(instance, _ -> new ArrayList<>())
                                    .add(told));
        }

        private void send(String topic, Runnable arrival) {
            onItsWay.add(new OnItsWay(tickets, topic, arrival));
            tickets++;
        }
    }
}
