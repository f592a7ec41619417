/**
 * What happens to a changed file in the analyzers' directory: compile, try, use. Pure: inputs lead
 * to effects, which an edge carries out.
 */
@NullMarked
package kontor.analysis.workshop;

import org.jspecify.annotations.NullMarked;
