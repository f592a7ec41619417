package kontor.orchestrator.kafka;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import kontor.control.v1.ControlEvent;
import kontor.control.v1.ServiceState;
import kontor.control.v1.ServiceStatus;
import kontor.orchestrator.ownership.PartitionLog;
import kontor.orchestrator.ownership.Tenure;
import kontor.orchestrator.ownership.Tenure.Input;
import kontor.topics.Records;
import kontor.topics.ServiceLife;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits for a partition to need an owner: folds what the present one writes, hears its signs of
 * life, and says once a second that it is there.
 *
 * <p>It says the next word only when it has heard the one before, for what it hears of itself tells
 * it that the broker answers: silence counts only then.
 *
 * <p>Runs on the owner's thread.
 */
final class Standby implements Consumer<ControlEvent> {

    /** How often it is looked whether it may begin. */
    private static final Duration LOOK = Duration.ofMillis(20);

    /** More than end between an owner's claim and the moment at which it is folded. */
    private static final int ENDED_KEPT = 16;

    private static final Logger LOG = LoggerFactory.getLogger(Standby.class);

    private final int partition;
    private final ServiceLife life;
    private final Tenure tenure;
    private final OrchestratorSettings settings;
    private final RecordSender sender;
    private final SignOfLife sign;
    private String awaitedWord = "";
    private long saidNanos;
    private long epoch;

    /** Processes that were seen to end, the newest last; whether one of them owns, the log says. */
    private final Deque<String> ended = new ArrayDeque<>();

    Standby(
            int partition,
            ServiceLife life,
            Tenure tenure,
            OrchestratorSettings settings,
            RecordSender sender) {
        this.partition = partition;
        this.life = life;
        this.tenure = tenure;
        this.settings = settings;
        this.sender = sender;
        this.sign = new SignOfLife(life, settings);
    }

    /**
     * Blocks until the log is folded and it may begin to say and write something, or until it is
     * not to go on.
     */
    void recover(Follower follower, BooleanSupplier mayBegin, BooleanSupplier goOn)
            throws InterruptedException {
        follower.catchUp(goOn);
        while (goOn.getAsBoolean() && !mayBegin.getAsBoolean()) {
            boolean _ = follower.follow(LOOK);
        }
        if (goOn.getAsBoolean()) {
            tenure.on(new Input.CaughtUp(standing(follower.log()), System.nanoTime()));
        }
    }

    /** Waits a moment for what comes. */
    void follow(Follower follower) throws InterruptedException {
        PartitionLog log = follower.log();
        long now = System.nanoTime();
        if (awaitedWord.isEmpty() && sign.isDue(now)) {
            ControlEvent word = sign.standby();
            awaitedWord = word.getControlId();
            saidNanos = now;
            sender.send(Records.of(word, partition));
        }
        sender.requireNoFailure();
        epoch = log.epoch();
        boolean ownerWrote = follower.follow(settings.pollTimeout());
        tenure.on(new Input.Followed(standing(log), ownerWrote, System.nanoTime()));
        if (ended.stream().anyMatch(log::isOwnedBy)) {
            LOG.info("Partition {}: the owner's process has ended; claiming", partition);
            tenure.on(new Input.OwnerEnded());
        }
    }

    @Override
    public void accept(ControlEvent event) {
        if (event.getControlId().equals(awaitedWord)) {
            awaitedWord = "";
            tenure.on(new Input.OwnWordHeard(saidNanos, System.nanoTime()));
        } else if (event.hasServiceStatus() && isOwners(event.getServiceStatus())) {
            tenure.on(new Input.OwnerHeard(System.nanoTime()));
        } else if (event.hasProcessEnded()
                && event.getProcessEnded().getService().equals(life.service())) {
            ended.addLast(event.getProcessEnded().getProcessId());
            if (ended.size() > ENDED_KEPT) {
                ended.removeFirst();
            }
        }
    }

    /** A zombie that does not know yet that it owns no longer does not count. */
    private boolean isOwners(ServiceStatus status) {
        return status.getService().equals(life.service())
                && status.getState() == ServiceState.SERVICE_STATE_READY
                && status.getOwnerEpoch() >= Math.max(1, epoch);
    }

    void sayStopping() throws InterruptedException {
        sender.send(Records.of(sign.stopping(), partition));
    }

    private PartitionLog.Standing standing(PartitionLog log) {
        return log.standing(life.processId().toString());
    }
}
