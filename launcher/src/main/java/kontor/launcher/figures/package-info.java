/** Rows of the benchmark's table that need a whole stack: its database, processes and starts. */
@NullMarked
package kontor.launcher.figures;

import org.jspecify.annotations.NullMarked;
