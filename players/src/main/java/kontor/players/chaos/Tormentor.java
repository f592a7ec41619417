package kontor.players.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;

/**
 * Carries out a schedule. Each target has a thread of its own, so deeds on different ones overlap
 * and those on the same one wait for each other, and a breath. A planned deed, a reload, waits
 * until all are well and has the others wait: it is to succeed, not only to do no harm.
 */
final class Tormentor {

    /** Who has just come back is left alone for so long: it is to come to its work. */
    private static final Duration BREATH = Duration.ofSeconds(2);

    private final Stage stage;
    private final Consumer<String> diary;
    private final long beganNanos = System.nanoTime();
    private final Queue<Suffering> done = new ConcurrentLinkedQueue<>();
    private final Queue<String> problems = new ConcurrentLinkedQueue<>();

    /** Fair, for else a planned deed would never have its turn. */
    private final ReadWriteLock turns = new ReentrantReadWriteLock(true);

    Tormentor(Stage stage, Consumer<String> diary) {
        this.stage = stage;
        this.diary = diary;
    }

    /** Returns when all is done and every target has recovered, or could not. */
    void carryOut(Schedule schedule) throws InterruptedException {
        Map<String, List<Schedule.Step>> byTarget = new HashMap<>();
        for (Schedule.Step step : schedule.steps()) {
            byTarget.computeIfAbsent(step.kind().target(), _ -> new ArrayList<>()).add(step);
        }
        List<Thread> threads = new ArrayList<>();
        byTarget.forEach((target, steps) ->
                threads.add(
                        Thread.ofPlatform()
                                .daemon()
                                .name("kontor-chaos-" + target)
                                .start(() -> torment(steps))));
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } finally {
            threads.forEach(Thread::interrupt);
        }
    }

    /** In the order in which they began. */
    List<Suffering> done() {
        return done.stream().sorted(Comparator.comparing(Suffering::began)).toList();
    }

    List<String> problems() {
        return List.copyOf(problems);
    }

    /** As {@link System#nanoTime}. */
    long beganNanos() {
        return beganNanos;
    }

    private void torment(List<Schedule.Step> steps) {
        try {
            Duration notBefore = Duration.ZERO;
            for (Schedule.Step step : steps) {
                Duration due = step.at().compareTo(notBefore) < 0 ? notBefore : step.at();
                TimeUnit.NANOSECONDS.sleep(due.minus(now()).toNanos());
                Lock turn = step.kind().deed().isPlanned() ? turns.writeLock() : turns.readLock();
                turn.lockInterruptibly();
                try {
                    one(step);
                } finally {
                    turn.unlock();
                }
                notBefore = now().plus(BREATH);
            }
        } catch (NotRecoveredException e) {
            problems.add(String.valueOf(e.getMessage()));
            diary.accept("%s s  %s".formatted(Schedule.seconds(now()), e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void one(Schedule.Step step) throws InterruptedException, NotRecoveredException {
        String target = step.kind().target();
        Duration began = now();
        diary.accept("%6s s  %s".formatted(Schedule.seconds(began), step.kind()));
        Duration ordered =
                switch (step.kind().deed()) {
                    case KILL -> {
                        stage.kill(target);
                        Duration order = afterSleeping(step.length());
                        stage.start(target);
                        yield order;
                    }
                    case SUSPEND -> {
                        stage.suspend(target);
                        Duration order;
                        try {
                            order = afterSleeping(step.length());
                        } finally {
                            stage.resume(target);
                        }
                        yield order;
                    }
                    case RESTART -> {
                        stage.stop(target);
                        Duration order = now();
                        stage.start(target);
                        yield order;
                    }
                    case RELOAD, FREEZE_RELOAD -> {
                        stage.reload(target, step.kind().deed() == Deed.FREEZE_RELOAD);
                        yield began;
                    }
                    case USURP -> {
                        stage.suspend(target);
                        try {
                            stage.usurp(target);
                        } finally {
                            stage.resume(target);
                        }
                        Duration order = afterSleeping(step.length());
                        stage.depose(target);
                        yield order;
                    }
                };
        Duration recovered = now();
        done.add(new Suffering(step.kind(), step.at(), began, recovered.minus(ordered), recovered));
        diary.accept(
                "%6s s    %s is back after %s s"
                        .formatted(
                                Schedule.seconds(recovered),
                                target,
                                Schedule.seconds(recovered.minus(ordered))));
    }

    private Duration afterSleeping(Duration length) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(length.toNanos());
        return now();
    }

    private Duration now() {
        return Duration.ofNanos(System.nanoTime() - beganNanos);
    }
}
