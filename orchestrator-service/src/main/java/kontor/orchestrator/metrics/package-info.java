/** What the orchestrator counts. Derived from the values of the pure packages alone. */
@NullMarked
package kontor.orchestrator.metrics;

import org.jspecify.annotations.NullMarked;
