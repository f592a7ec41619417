/**
 * The reload of a service in the middle of a game, as a durable state machine. Pure: {@link
 * kontor.orchestrator.reload.ReloadLog} folds what the control topic says and decides nothing,
 * {@link kontor.orchestrator.reload.ReloadPlan} decides what comes next and changes nothing, and
 * {@link kontor.orchestrator.reload.ReloadCoordinator} goes round between the two. The owner of the
 * partition coordinates; a successor folds the same records and goes on.
 */
@NullMarked
package kontor.orchestrator.reload;

import org.jspecify.annotations.NullMarked;
