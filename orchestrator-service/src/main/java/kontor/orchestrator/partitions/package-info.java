/**
 * Which partitions this process owns or stands by for: a thread for each, its start, its retries,
 * its stop, its health. The only package that Spring wires; nothing depends on it.
 */
@NullMarked
package kontor.orchestrator.partitions;

import org.jspecify.annotations.NullMarked;
