/**
 * Capture files: frames out of pcapng and pcap, packets out of frames, and out of packets what one
 * game itself said and was told.
 */
@NullMarked
package kontor.players.capture;

import org.jspecify.annotations.NullMarked;
