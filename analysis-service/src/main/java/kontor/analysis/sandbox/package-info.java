/**
 * Compiles and runs code that users write, within bounds. The edge to the compiler and to class
 * loaders; see ADR 0035.
 */
@NullMarked
package kontor.analysis.sandbox;

import org.jspecify.annotations.NullMarked;
