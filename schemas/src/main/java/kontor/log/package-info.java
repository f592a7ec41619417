/**
 * The one reading of {@code kontor.session-events}: which records count, where each stands in its
 * session, and what tables and API call what it says (ADR 0031). {@link kontor.log.OwnerFence} and
 * {@link kontor.log.SessionOrder} are free of any library.
 */
@NullMarked
package kontor.log;

import org.jspecify.annotations.NullMarked;
