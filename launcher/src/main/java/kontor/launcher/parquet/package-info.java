/** Messages as Parquet, which data tools read. */
@NullMarked
package kontor.launcher.parquet;

import org.jspecify.annotations.NullMarked;
