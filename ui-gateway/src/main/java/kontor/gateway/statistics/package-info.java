/**
 * What passes in a session, by type, sender, direction and second; what comes at intervals; and
 * which bytes of a message type vary, and how: the first questions asked of an unknown message.
 */
@NullMarked
package kontor.gateway.statistics;

import org.jspecify.annotations.NullMarked;
