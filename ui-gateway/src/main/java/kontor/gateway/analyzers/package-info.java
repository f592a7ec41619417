/** The analyzers: which versions are in use, and the results of their own that they have. */
@NullMarked
package kontor.gateway.analyzers;

import org.jspecify.annotations.NullMarked;
