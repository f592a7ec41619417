/**
 * Messages of a session with their bytes, as many as a question is worth: what statistics and
 * searches are made of.
 */
@NullMarked
package kontor.gateway.sampling;

import org.jspecify.annotations.NullMarked;
