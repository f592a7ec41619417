/**
 * Translates between protobuf and the values of the pure packages, in both directions. Knows
 * neither clients nor topics.
 */
@NullMarked
package kontor.orchestrator.mapping;

import org.jspecify.annotations.NullMarked;
