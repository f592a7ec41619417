/**
 * The interface that analyzers of users are written against: a single {@code .java} file in the
 * watched directory with one public class that implements {@link kontor.analyzers.MessageAnalyzer}.
 * See docs/ANALYZERS.md.
 *
 * <p>The hash of this package is part of the version of each analyzer.
 */
@NullMarked
package kontor.analyzers;

import org.jspecify.annotations.NullMarked;
