/** The thread that rules in Java run on, beside the relay. */
@NullMarked
package kontor.orchestrator.code;

import org.jspecify.annotations.NullMarked;
