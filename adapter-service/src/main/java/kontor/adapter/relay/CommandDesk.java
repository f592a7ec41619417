package kontor.adapter.relay;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import kontor.vocabulary.RunId;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the books on commands. In every run: received = done + failed + unfinished + dropped +
 * refused (stale, or after a halt); each of done, failed and stale has exactly one receipt. Of
 * freezing and thawing, outside the numbering, only the refused are counted; they have no receipts.
 */
final class CommandDesk {

    private final CommandGate gate;
    private final Map<Long, Execution> unfinished = new HashMap<>();

    private long done;
    private long failed;
    private long dropped;
    private long refused;
    private long deliveredBytes;
    private boolean halted;

    CommandDesk(RunId run) {
        gate = new CommandGate(run);
    }

    /** What the caller is to do with the actions of a command. */
    enum Order {
        NOTHING,
        /** Carry each out and report it. */
        CARRY_OUT,
        /** Carry those out that stand outside the numbering, and report none. */
        CARRY_OUT_UNNUMBERED
    }

    /** Owners with lower epochs were displaced before this run began. */
    void fenced(long epoch) {
        gate.fence(epoch);
    }

    Order receive(Command command, Effects out) {
        // Not even a halt keeps a frozen game from being thawed.
        if (halted && !command.unnumbered()) {
            refused++;
            return Order.NOTHING;
        }
        return switch (gate.admit(command)) {
            case UNNUMBERED -> Order.CARRY_OUT_UNNUMBERED;
            case EXECUTE -> {
                Execution execution = new Execution(command);
                unfinished.put(command.sequence(), execution);
                finish(execution, out);
                yield Order.CARRY_OUT;
            }
            case DROP -> {
                dropped++;
                yield Order.NOTHING;
            }
            case STALE_RUN -> {
                refuse(command, CommandOutcome.STALE_RUN, "for run " + command.targetRun(), out);
                yield Order.NOTHING;
            }
            case STALE_OWNER -> {
                refuse(
                        command,
                        CommandOutcome.STALE_OWNER,
                        "epoch %d is over".formatted(command.ownerEpoch()),
                        out);
                yield Order.NOTHING;
            }
            case GAP -> {
                halted = true;
                refused++;
                out.halt(
                        "command %d of this run came after command %d: one is missing"
                                .formatted(command.sequence(), gate.latestSequence()));
                yield Order.NOTHING;
            }
        };
    }

    /** The action of an unfinished command. */
    Optional<Action> action(Ticket ticket) {
        @Nullable Execution execution = unfinished.get(ticket.commandSequence());
        return execution == null
                ? Optional.empty()
                : Optional.of(execution.command.actions().get(ticket.action()));
    }

    /** One action was carried out. */
    void done(Ticket ticket, long payloadBytes, Effects out) {
        @Nullable Execution execution = unfinished.get(ticket.commandSequence());
        if (execution != null) {
            deliveredBytes += payloadBytes;
            execution.done(payloadBytes);
            finish(execution, out);
        }
    }

    /** One action could not be. */
    void failed(Ticket ticket, String detail, Effects out) {
        @Nullable Execution execution = unfinished.get(ticket.commandSequence());
        if (execution != null) {
            execution.failed(detail);
            finish(execution, out);
        }
    }

    int unfinished() {
        return unfinished.size();
    }

    RelayStatus status(int openFlows, MissCounts missed, long waitingBytes) {
        return new RelayStatus(
                openFlows,
                gate.latestSequence(),
                done,
                failed,
                dropped,
                refused,
                deliveredBytes,
                missed,
                waitingBytes,
                unfinished.size(),
                halted);
    }

    private void refuse(Command command, CommandOutcome outcome, String detail, Effects out) {
        refused++;
        if (!command.unnumbered()) {
            out.answer(new CommandReceipt(command, outcome, 0, detail));
        }
    }

    private void finish(Execution execution, Effects out) {
        if (!execution.finished()) {
            return;
        }
        unfinished.remove(execution.command.sequence());
        CommandReceipt receipt = execution.receipt();
        if (receipt.outcome() == CommandOutcome.DONE) {
            done++;
        } else {
            failed++;
        }
        out.answer(receipt);
    }
}
