package kontor.players.chaos;

import java.io.IOException;
import kontor.vocabulary.Bytes;
import kontor.vocabulary.InstanceName;

/**
 * Rules and injections in the system that chaos is brought upon. All methods block until what they
 * say is done.
 */
public interface Interception {

    /**
     * Sets rules; returns when they hold in the lab.
     *
     * @throws IOException if they are refused, or do not come to hold
     */
    void setRules(String text) throws IOException, InterruptedException;

    /**
     * Takes them back.
     *
     * @throws IOException if nobody answers, or refuses
     */
    void removeRules() throws IOException, InterruptedException;

    /**
     * Asks for a datagram as if one game had sent it to another, from the same port.
     *
     * @throws IOException if nobody answers, or refuses: only the recording says whether it was
     *     sent nevertheless
     */
    void inject(InstanceName from, InstanceName to, int port, Bytes datagram)
            throws IOException, InterruptedException;

    /**
     * What the recording of the session that ended last says.
     *
     * @param rules that held
     * @param numberedPort of the numbered datagrams
     * @param injectedPort of those that were injected
     * @throws IOException if nobody answers, or refuses
     */
    Recorded recorded(String rules, int numberedPort, int injectedPort)
            throws IOException, InterruptedException;
}
