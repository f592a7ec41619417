package kontor.simulation.invariant;

import kontor.adapter.relay.CommandReceipt;
import kontor.journal.ledger.ReceiptRow;
import org.jspecify.annotations.Nullable;

/** Each command one receipt. */
public final class ReceiptsComplete implements Invariant {

    @Override
    public String sentence() {
        return "Of every command that a run carried out the tables have its receipt, done or"
                + " failed, as far as the run lived to see the end of it";
    }

    @Override
    public void check(Evidence evidence) {
        for (RunEvidence run : evidence.runs()) {
            long answered = run.answered().stream().filter(ReceiptsComplete::tellsOfTheEnd).count();
            if (run.fate() == RunEvidence.Fate.LIVES && answered != run.executed().size()) {
                throw new Violation(
                        ReceiptsComplete.class,
                        "run %s carried out %d commands and answered %d times"
                                .formatted(run.run(), run.executed().size(), answered));
            }
            if (run.fate() != RunEvidence.Fate.KILLED) {
                run.answered().stream()
                        .filter(ReceiptsComplete::tellsOfTheEnd)
                        .forEach(receipt -> isInTheTables(receipt, run, evidence));
            }
        }
    }

    private static boolean tellsOfTheEnd(CommandReceipt receipt) {
        return switch (receipt.outcome()) {
            case DONE, FAILED -> true;
            case STALE_RUN, STALE_OWNER -> false;
        };
    }

    private static void isInTheTables(CommandReceipt receipt, RunEvidence run, Evidence evidence) {
        @Nullable ReceiptRow row =
                evidence.tables().receipt(run.run(), receipt.command().sequence(), run.run());
        if (row == null || !row.outcome().equals(receipt.outcome().name())) {
            throw new Violation(
                    ReceiptsComplete.class,
                    "run %s said %s, and in the tables is %s".formatted(run.run(), receipt, row));
        }
    }
}
