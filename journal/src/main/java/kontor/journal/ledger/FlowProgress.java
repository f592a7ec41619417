package kontor.journal.ledger;

import org.jspecify.annotations.Nullable;

/**
 * How far a flow of a session has come.
 *
 * @param target null for a broadcast, or where no instance has that address
 * @param openerClosed whether the opener has ended its output
 * @param over nothing more can end it; UDP flows never are
 */
public record FlowProgress(
        boolean tcp,
        String opener,
        @Nullable String target,
        boolean openerClosed,
        boolean targetClosed,
        boolean over) {

    static FlowProgress of(FlowRow row) {
        String opener = row.opener().instance();
        return new FlowProgress(
                row.isTcp(),
                opener == null ? "" : opener,
                row.target().instance(),
                false,
                false,
                false);
    }

    FlowProgress halfClosed(boolean byOpener) {
        return new FlowProgress(
                tcp, opener, target, openerClosed || byOpener, targetClosed || !byOpener, over);
    }

    FlowProgress ended() {
        return new FlowProgress(tcp, opener, target, openerClosed, targetClosed, true);
    }

    /** Whether a run of {@code instance} that is no more takes this flow with it. */
    boolean hangsOn(String instance) {
        return tcp && !over && (opener.equals(instance) || instance.equals(target));
    }
}
