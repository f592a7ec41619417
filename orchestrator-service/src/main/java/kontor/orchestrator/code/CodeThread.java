package kontor.orchestrator.code;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import kontor.orchestrator.metrics.SequencerMetric;
import kontor.orchestrator.metrics.SequencerMetrics;
import kontor.orchestrator.ownership.OwnerInput;
import kontor.orchestrator.sequencer.CodeAnswer;
import kontor.orchestrator.sequencer.CodeQuestion;
import kontor.orchestrator.sequencer.CodeSaid;
import kontor.rules.CodeRule;
import kontor.rules.CodeRule.Loaded;
import kontor.rules.CodeRule.Said;
import kontor.rules.RuleFile;
import kontor.vocabulary.Bytes;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compiles rules in Java and calls them, one question after the other, on one thread for the whole
 * process. Callers never wait for it: questions beyond its bound are answered at once, with nothing
 * done. What the code does costs its own answer only.
 */
public final class CodeThread implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CodeThread.class);

    /** Questions that wait, of all partitions. */
    private static final int MOST = 4_096;

    /** Versions of files that stay loaded. */
    private static final int LOADED = 64;

    private static final Duration FAREWELL = Duration.ofMillis(200);

    private final SequencerMetrics metrics;
    private final BlockingQueue<Runnable> tasks;
    private final Thread thread;
    private final Map<RuleFile, Loaded> loaded =
            new LinkedHashMap<>(LOADED, 0.75f, true) {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<RuleFile, Loaded> eldest) {
                    return size() > LOADED;
                }
            };

    public CodeThread(SequencerMetrics metrics) {
        this(metrics, MOST);
    }

    /**
     * @param most how many questions may wait
     */
    CodeThread(SequencerMetrics metrics, int most) {
        this.metrics = metrics;
        this.tasks = new ArrayBlockingQueue<>(most);
        this.thread = Thread.ofPlatform().name("kontor-code-1").daemon().unstarted(this::run);
    }

    /** To be called once. */
    public void start() {
        thread.start();
    }

    /** Compiles files beside the relay, before anything is asked of them. Does not block. */
    public void prepare(List<RuleFile> files) {
        boolean isTaken = tasks.offer(() -> files.forEach(this::rule));
        if (!isTaken) {
            LOG.debug("too much waits; the files are compiled when they are asked");
        }
    }

    /** Asks; the answer comes into {@code answers}. Does not block. */
    public void ask(CodeQuestion question, CodeMailbox answers) {
        metrics.add(SequencerMetric.CODE_ASKED, 1);
        if (!tasks.offer(() -> put(question, answer(question), answers))) {
            metrics.add(SequencerMetric.CODE_REFUSED, 1);
            put(question, nothing(question, "too many packets wait for rules in Java"), answers);
        }
    }

    private static CodeAnswer nothing(CodeQuestion question, String why) {
        return CodeAnswer.none(question.names(), question.version(), question.bytes(), why);
    }

    private void put(CodeQuestion question, CodeAnswer answer, CodeMailbox answers) {
        var answered = new OwnerInput.CodeAnswered(question.lab(), question.number(), answer);
        if (!answers.put(answered)) {
            metrics.add(SequencerMetric.CODE_REFUSED, 1);
        }
    }

    private void run() {
        while (!Thread.interrupted()) {
            try {
                tasks.take().run();
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException | StackOverflowError e) {
                LOG.error(
                        "Unexpected error beside a rule in Java (bug): its packet goes on"
                                + " unchanged after a second",
                        e);
            }
        }
    }

    private CodeAnswer answer(CodeQuestion question) {
        Bytes bytes = question.bytes();
        List<String> problems = new ArrayList<>();
        List<String> failed = new ArrayList<>();
        boolean isDropped = false;
        for (CodeQuestion.Asked asked : question.rules()) {
            @Nullable RuleFile file = asked.file();
            if (file == null) {
                problems.add(asked.rule() + ": is not in force any more");
                continue;
            }
            switch (rule(file)) {
                case Loaded.Refused(var wrong) -> problems.add(wrong.getFirst().toString());
                case Loaded.Ready(CodeRule rule) -> {
                    Said said = rule.on(question.packet(), question.recipient(), bytes);
                    bytes = said.bytes();
                    isDropped = said.isDropped();
                    problems.addAll(said.problems());
                    if (said.isFailed()) {
                        failed.add(asked.rule());
                    }
                }
            }
            if (isDropped) {
                break;
            }
        }
        CodeSaid recorded = CodeSaid.of(question.names(), question.version(), problems);
        return new CodeAnswer(recorded, bytes, isDropped, failed);
    }

    private Loaded rule(RuleFile file) {
        @Nullable Loaded known = loaded.get(file);
        if (known != null) {
            return known;
        }
        Loaded now = CodeRule.load(file, CodeRule.Limits.OF_A_PACKET);
        if (now instanceof Loaded.Refused(var problems)) {
            LOG.warn(
                    "A rule in Java cannot be used here; what it concerns passes unchanged: {}",
                    problems.getFirst());
        }
        loaded.put(file, now);
        return now;
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            if (!thread.join(FAREWELL)) {
                LOG.warn("A rule in Java is still busy; it ends with the process");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
