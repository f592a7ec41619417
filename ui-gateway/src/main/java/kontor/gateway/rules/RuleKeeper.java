package kontor.gateway.rules;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import kontor.rules.RuleFile;
import kontor.rules.RuleProblem;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks into the directory of rules and sees to it that what is in use there holds in every lab:
 * asks for it where a lab is new or something has changed, and again where the session log does not
 * show it. One thread of its own; the rest may be called by any.
 */
public final class RuleKeeper implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RuleKeeper.class);

    /** How many looks an answer may take before it is asked for again. */
    private static final int PATIENCE_LOOKS = 10;

    private final RuleDirectory directory;
    private final Duration lookEvery;
    private final RuleBoard board;
    private final Supplier<List<String>> labs;
    private final Requests requests;
    private final Map<String, Asked> asked = new HashMap<>();
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(
                    task -> Thread.ofPlatform().name("kontor-rules-1").daemon().unstarted(task));
    private volatile RuleBook book = RuleBook.empty();
    private boolean isReadable = true;

    /** What was asked for last, and how many looks ago. */
    private record Asked(String version, int looks) {}

    /** Asks the orchestrator. */
    interface Requests {

        /**
         * @throws IOException if the request did not reach the broker
         */
        void setRules(String lab, List<RuleFile> files, String author)
                throws IOException, InterruptedException;
    }

    /**
     * @param labs those that have instances
     */
    RuleKeeper(
            RuleDirectory directory,
            Duration lookEvery,
            RuleBoard board,
            Supplier<List<String>> labs,
            Requests requests) {
        this.directory = directory;
        this.lookEvery = lookEvery;
        this.board = board;
        this.labs = labs;
        this.requests = requests;
    }

    /** Begins to look. */
    public void start() {
        LOG.info("Watching {} for rules", directory.path().toAbsolutePath());
        long every = lookEvery.toMillis();
        var _ = thread.scheduleWithFixedDelay(this::look, 0, every, TimeUnit.MILLISECONDS);
    }

    /** One look. */
    void look() {
        try {
            read();
            ask();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.error("Unexpected error with the rules (bug); they stay as they are", e);
        }
    }

    private synchronized void read() {
        try {
            RuleBook before = book;
            RuleBook now = before.with(directory.read());
            for (RuleBook.Page page : now.pages()) {
                if (!page.problems().isEmpty() && !before.pages().contains(page)) {
                    RuleProblem first = page.problems().getFirst();
                    LOG.warn("Rules are wrong, what the file said before stays in use: {}", first);
                }
            }
            book = now;
            isReadable = true;
        } catch (IOException e) {
            if (isReadable) {
                LOG.warn("Cannot read the directory of rules; those in use stay", e);
            }
            isReadable = false;
        }
    }

    private synchronized void ask() throws InterruptedException {
        String wanted = book.rules().version();
        for (String lab : new TreeSet<>(labs.get())) {
            @Nullable String holds = board.version(lab);
            int looks = looksSinceAsked(lab, wanted);
            if (wanted.equals(holds)) {
                asked.put(lab, new Asked(wanted, 0));
            } else if (looks < 0 || (holds != null && looks >= PATIENCE_LOOKS)) {
                ask(lab, wanted);
            } else {
                asked.put(lab, new Asked(wanted, looks + 1));
            }
        }
    }

    /** -1 if it was not asked for. */
    private int looksSinceAsked(String lab, String wanted) {
        @Nullable Asked last = asked.get(lab);
        return last != null && last.version().equals(wanted) ? last.looks() : -1;
    }

    private void ask(String lab, String wanted) throws InterruptedException {
        try {
            requests.setRules(lab, book.used(), "ui-gateway");
            asked.put(lab, new Asked(wanted, 0));
        } catch (IOException e) {
            LOG.info("Rules were not set in lab {}; tried again: {}", lab, e.getMessage());
        }
    }

    RuleBook book() {
        return book;
    }

    /** What would be wrong with a file, beside the others that there are. */
    List<RuleProblem> problemsWith(RuleFile file) throws IOException {
        List<RuleFile> files = new ArrayList<>(directory.read());
        files.removeIf(other -> other.name().equals(file.name()));
        files.add(file);
        return book.with(files).pages().stream()
                .filter(page -> page.name().equals(file.name()))
                .flatMap(page -> page.problems().stream())
                .toList();
    }

    /** Writes a file and takes it into use at once. */
    void put(RuleFile file) throws IOException {
        directory.write(file);
        look();
    }

    /** Deletes a file; whether it was there. */
    boolean delete(String name) throws IOException {
        boolean was = directory.delete(name);
        look();
        return was;
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
