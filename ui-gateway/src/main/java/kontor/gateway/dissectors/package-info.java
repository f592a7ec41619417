/** What is known of a protocol as a dissector for other programs. */
@NullMarked
package kontor.gateway.dissectors;

import org.jspecify.annotations.NullMarked;
