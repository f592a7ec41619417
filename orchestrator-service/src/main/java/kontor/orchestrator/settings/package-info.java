/**
 * The settings of the sequencer and of reloads, as they are bound from {@code application.yaml}.
 */
@NullMarked
package kontor.orchestrator.settings;

import org.jspecify.annotations.NullMarked;
