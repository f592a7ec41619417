package kontor.captures.importing;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import kontor.captures.reading.Connection;
import kontor.captures.reading.ConversationFold;
import kontor.captures.reading.ConversationFold.SurveyedConnection;

/**
 * A capture as one machine sees it.
 *
 * @param whole whether others' datagrams to it are its peers' to tell: the view is all that there
 *     is of them
 * @param taken numbers of the connections that are imported from here
 * @param names of its peers, by their addresses
 */
record View(
        ImportedInstance instance,
        ConversationFold fold,
        boolean whole,
        Set<Integer> taken,
        Map<InetAddress, String> names) {

    static View of(ImportedInstance instance, ConversationFold fold, boolean whole) {
        Map<InetAddress, String> names = new HashMap<>();
        instance.peers().forEach((name, address) -> names.putIfAbsent(address, name));
        return new View(instance, fold, whole, new HashSet<>(), names);
    }

    /** Empty for machines that it does not know. */
    Optional<String> nameOf(InetAddress address) {
        return Optional.ofNullable(names.get(address));
    }

    InetSocketAddress end(int port) {
        return new InetSocketAddress(instance.address(), port);
    }

    /** Both ends of a connection, whichever of them opened it. */
    Set<InetSocketAddress> ends(SurveyedConnection connection) {
        return Set.of(end(connection.gamePort()), connection.peer());
    }

    /** Describes who connected to whom. */
    String text(Connection connection) {
        String own = text(end(connection.gamePort()));
        String peer = text(connection.peer());
        return connection.openedByGame() ? own + " to " + peer : peer + " to " + own;
    }

    private static String text(InetSocketAddress end) {
        return end.getAddress().getHostAddress() + ":" + end.getPort();
    }

    /**
     * Chooses from which view each connection is imported: that of who opened it; one of which only
     * the other end's view knows from there.
     */
    static void choose(List<View> views) {
        Map<Set<InetSocketAddress>, View> told = new HashMap<>();
        for (boolean byOpener : new boolean[] {true, false}) {
            for (View view : views) {
                List<SurveyedConnection> connections = view.fold.surveyed();
                for (int number = 0; number < connections.size(); number++) {
                    SurveyedConnection connection = connections.get(number);
                    boolean mayTell =
                            connection.openedByGame() == byOpener
                                    && !connection.onlyItsRest()
                                    && (byOpener || !view.whole);
                    if (mayTell
                            && told.computeIfAbsent(view.ends(connection), _ -> view).equals(view)
                            && view.nameOf(connection.peer().getAddress()).isPresent()) {
                        view.taken.add(number);
                    }
                }
            }
        }
    }
}
