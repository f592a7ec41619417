/** The commands of {@code ./kontor}, one class each, and what they show. */
@NullMarked
package kontor.launcher.cli;

import org.jspecify.annotations.NullMarked;
