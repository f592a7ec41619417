package kontor.gateway.tail;

import java.util.List;
import kontor.gateway.rules.HeldBoard;
import kontor.gateway.rules.RuleBoard;
import kontor.sessions.v1.RuleHit;
import kontor.sessions.v1.SessionEvent;
import kontor.state.v1.Lab;

/**
 * Keeps what the session log and the newest checkpoints say of rules and of what waits. For one
 * thread.
 */
final class RuleTail {

    private final RuleBoard rules;
    private final HeldBoard held;
    private Checkpoints checkpoints = new Checkpoints(List.of());

    RuleTail(RuleBoard rules, HeldBoard held) {
        this.rules = rules;
        this.held = held;
    }

    /** The log is read from the beginning or these checkpoints. */
    void beginWith(Checkpoints newest) {
        checkpoints = newest;
    }

    Checkpoints checkpoints() {
        return checkpoints;
    }

    /** The next record that counts. */
    void heard(SessionEvent event) {
        held.heard(event);
        if (event.hasRulesChanged()) {
            rules.changed(event.getLab(), event.getRulesChanged());
        } else if (event.getRuleHitsCount() > 0) {
            rules.matched(
                    event.getLab(),
                    event.getRuleHitsList().stream().map(RuleHit::getRule).toList());
        }
    }

    /** The record was heard, or did not count. */
    void passed(int partition, long offset, SessionEvent event) {
        checkpoints
                .at(partition, offset, event)
                .ifPresent(checkpoint -> {
                    for (Lab lab : checkpoint.getLabsList()) {
                        rules.known(lab);
                        held.known(lab);
                    }
                });
    }

    /** The log was cut. */
    void forgetAll() {
        rules.forgetAll();
        held.forgetAll();
    }
}
