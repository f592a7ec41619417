/**
 * The heart of the lab: gives every adapter event its place in the one order and says whom to tell.
 * Pure: {@link kontor.orchestrator.sequencer.Sequencer} decides and changes nothing, {@link
 * kontor.orchestrator.sequencer.LabState} folds and decides nothing, and {@link
 * kontor.orchestrator.sequencer.Commands} follow from both. Restart is folding again.
 */
@NullMarked
package kontor.orchestrator.sequencer;

import org.jspecify.annotations.NullMarked;
