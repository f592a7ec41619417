/**
 * Capture files: frames out of pcapng and pcap, packets out of frames, and out of packets what one
 * game itself said and was told.
 */
@NullMarked
package kontor.captures.reading;

import org.jspecify.annotations.NullMarked;
