/** Looks whether a session is whole: for who asks, and for a reload that waits to hear it. */
@NullMarked
package kontor.gateway.verification;

import org.jspecify.annotations.NullMarked;
