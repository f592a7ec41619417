package kontor.simulation.game;

import kontor.adapter.capture.Endpoint;
import kontor.vocabulary.Bytes;

/** What a game finds at the addresses of the others: its adapter, while there is one. */
public interface Door {

    /** The game calls; where nobody listens it is refused. */
    void accept(Wire wire, Endpoint source, Endpoint destination);

    void datagram(Endpoint source, Endpoint destination, Bytes payload);

    boolean isListening();
}
