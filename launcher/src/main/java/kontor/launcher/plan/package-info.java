/**
 * What there is to start: from a lab and settings to a list of processes with their dependencies.
 * Pure: it touches no file, no socket and no clock.
 */
@NullMarked
package kontor.launcher.plan;

import org.jspecify.annotations.NullMarked;
