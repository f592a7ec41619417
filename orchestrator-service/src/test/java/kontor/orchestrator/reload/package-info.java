@NullMarked
package kontor.orchestrator.reload;

import org.jspecify.annotations.NullMarked;
