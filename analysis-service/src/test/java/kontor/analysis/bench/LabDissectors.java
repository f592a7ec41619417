package kontor.analysis.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import kontor.analysis.analyzer.Message;
import kontor.analysis.analyzer.Route;
import kontor.analysis.analyzer.SessionAnalysis;
import kontor.analysis.analyzer.SessionInput;
import kontor.analysis.anno.AnnoAnalyzer;
import kontor.analysis.anno.Limits;
import kontor.analysis.dissect.Field;
import kontor.vocabulary.Bytes;

/**
 * A session of each lab, dissected in the order of its datagrams: by the caller's thread, or each
 * lab by one of several, which the caller waits for where they are too far behind.
 */
final class LabDissectors implements AutoCloseable {

    private static final int BATCH = 256;
    private static final int WAITING = 64;
    private static final Limits LIMITS = new Limits(2 << 20, 65_536, 1 << 20, 100_000);
    private static final Route ROUTE = new Route("game1", "game2");

    private record Datagram(int lab, Bytes payload) {}

    private final List<SessionAnalysis> sessions;
    private final List<Worker> workers;
    private final LongAdder messages = new LongAdder();
    private final LongAdder commands = new LongAdder();
    private final LongAdder fields = new LongAdder();
    private final Counts own = new Counts();

    /**
     * @param threads 0 for the caller's
     */
    LabDissectors(int labs, int threads) {
        AnnoAnalyzer analyzer = new AnnoAnalyzer("bench", LIMITS);
        sessions = IntStream.range(0, labs).mapToObj(_ -> analyzer.open(List.of())).toList();
        workers = IntStream.range(0, threads).mapToObj(_ -> new Worker()).toList();
    }

    private final class Worker {

        private final BlockingQueue<List<Datagram>> waiting = new ArrayBlockingQueue<>(WAITING);
        private final Thread thread = Thread.ofPlatform().daemon().start(this::run);
        private List<Datagram> batch = new ArrayList<>(BATCH);

        void add(Datagram datagram) {
            batch.add(datagram);
            if (batch.size() == BATCH) {
                pass(batch);
                batch = new ArrayList<>(BATCH);
            }
        }

        private void pass(List<Datagram> some) {
            try {
                waiting.put(some);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        private void run() {
            try {
                Counts counts = new Counts();
                List<Datagram> some = waiting.take();
                while (!some.isEmpty()) {
                    some.forEach(datagram -> dissect(datagram, counts));
                    some = waiting.take();
                }
                counts.add();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        void finish() throws InterruptedException {
            if (!batch.isEmpty()) {
                pass(batch);
            }
            // None at all is the end.
            pass(List.of());
            thread.join();
        }
    }

    /** Adders are for threads; one for each field would be most of the work. */
    private final class Counts {

        private long messagesSeen;
        private long commandsSeen;
        private long fieldsSeen;

        void count(Message message) {
            messagesSeen++;
            count(message.fields());
        }

        private void count(List<Field> some) {
            for (Field field : some) {
                fieldsSeen++;
                commandsSeen += field.name().equals("dplay.command") ? 1 : 0;
                count(field.children());
            }
        }

        void add() {
            messages.add(messagesSeen);
            commands.add(commandsSeen);
            fields.add(fieldsSeen);
        }
    }

    void on(int lab, Bytes payload) {
        Datagram datagram = new Datagram(lab, payload);
        if (workers.isEmpty()) {
            dissect(datagram, own);
        } else {
            workers.get(lab % workers.size()).add(datagram);
        }
    }

    /** The sequence is only a label here: it need not rise by one in each lab. */
    private void dissect(Datagram datagram, Counts counts) {
        sessions.get(datagram.lab)
                .on(new SessionInput.Datagram(1, 1, ROUTE, datagram.payload))
                .forEach(counts::count);
    }

    /** Waits until all is dissected. To be called once. */
    void finish() throws InterruptedException {
        own.add();
        for (Worker worker : workers) {
            worker.finish();
        }
    }

    @Override
    public String toString() {
        return "%,d messages, %,d commands, %,d fields"
                .formatted(messages.sum(), commands.sum(), fields.sum());
    }

    @Override
    public void close() {
        workers.forEach(worker -> worker.thread.interrupt());
    }
}
