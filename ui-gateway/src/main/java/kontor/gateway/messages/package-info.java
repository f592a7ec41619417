/** The messages that analyzers found in events, with their fields. */
@NullMarked
package kontor.gateway.messages;

import org.jspecify.annotations.NullMarked;
