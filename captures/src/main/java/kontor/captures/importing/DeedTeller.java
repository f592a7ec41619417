package kontor.captures.importing;

import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import kontor.captures.reading.ConversationFold.SurveyedConnection;
import kontor.captures.reading.ConversationSink;
import kontor.captures.reading.Deed;
import kontor.captures.reading.FrameRole;
import kontor.captures.reading.Trace;

/**
 * Tells deeds as instances' deeds, of each connection and datagram from one view. Flows get numbers
 * in the order in which they were opened. Not thread-safe.
 */
final class DeedTeller {

    private final Consumer<ImportedDeed> deeds;
    private int flows;

    DeedTeller(Consumer<ImportedDeed> deeds) {
        this.deeds = deeds;
    }

    /** Receives a view's conversation; roles go on to {@code account}. */
    ConversationSink of(View view, ImportAccounting account) {
        return new OfView(view, account);
    }

    private final class OfView implements ConversationSink {

        private final View view;
        private final ImportAccounting account;
        private final List<SurveyedConnection> connections;
        private final Map<Integer, Flow> open = new HashMap<>();

        OfView(View view, ImportAccounting account) {
            this.view = view;
            this.account = account;
            this.connections = view.fold().surveyed();
        }

        @Override
        public void role(Trace packet, int connection, FrameRole.Kind kind) {
            account.onRole(view, packet, connection, kind);
        }

        @Override
        public void deed(boolean byGame, Deed deed) {
            switch (deed) {
                case Deed.Datagram datagram -> datagram(datagram, byGame);
                case Deed.InConnection inside -> {
                    int number = inside.connection();
                    if (view.taken().contains(number)) {
                        open.computeIfAbsent(number, n -> flow(connections.get(n)))
                                .on(inside, byGame);
                    }
                }
            }
        }

        private Flow flow(SurveyedConnection connection) {
            String self = view.instance().name();
            String peer = view.nameOf(connection.peer().getAddress()).orElseThrow();
            InetSocketAddress own = view.end(connection.gamePort());
            return connection.openedByGame()
                    ? new Flow(true, self, peer, own, connection.peer())
                    : new Flow(false, peer, self, connection.peer(), own);
        }

        private void datagram(Deed.Datagram datagram, boolean byGame) {
            InetSocketAddress own = view.end(datagram.gamePort());
            if (byGame) {
                deeds.accept(
                        new ImportedDeed.Sent(
                                datagram.atNanos(),
                                view.instance().name(),
                                own,
                                datagram.peer(),
                                datagram.payload()));
            } else if (view.whole()) {
                Optional<String> sender = view.nameOf(datagram.peer().getAddress());
                sender.ifPresent(name ->
                        deeds.accept(
                                new ImportedDeed.Sent(
                                        datagram.atNanos(),
                                        name,
                                        datagram.peer(),
                                        own,
                                        datagram.payload())));
            }
        }
    }

    /** One connection, deed by deed. */
    private final class Flow {

        private final boolean openedByGame;
        private final String opener;
        private final String target;
        private final InetSocketAddress source;
        private final InetSocketAddress destination;
        private int number;
        private long openerWrote;
        private long targetWrote;

        Flow(
                boolean openedByGame,
                String opener,
                String target,
                InetSocketAddress source,
                InetSocketAddress destination) {
            this.openedByGame = openedByGame;
            this.opener = opener;
            this.target = target;
            this.source = source;
            this.destination = destination;
        }

        void on(Deed.InConnection deed, boolean byGame) {
            long at = deed.atNanos();
            boolean byOpener = byGame == openedByGame;
            String who = byOpener ? opener : target;
            if (number == 0) {
                // Where the capture lacks the beginning, the first deed shows that there was one.
                number = ++flows;
                deeds.accept(new ImportedDeed.Opened(at, opener, number, source, destination));
            }
            switch (deed) {
                case Deed.Opened _ -> {
                    // It was, above.
                }
                case Deed.Accepted _ ->
                        deeds.accept(
                                new ImportedDeed.Accepted(
                                        at, target, opener, number, source, destination));
                case Deed.Refused _ ->
                        deeds.accept(new ImportedDeed.Refused(at, target, opener, number));
                case Deed.Wrote wrote -> {
                    deeds.accept(
                            new ImportedDeed.Wrote(
                                    at, who, opener, number, length(byOpener), wrote.payload()));
                    if (byOpener) {
                        openerWrote += wrote.payload().length();
                    } else {
                        targetWrote += wrote.payload().length();
                    }
                }
                case Deed.Finished _ ->
                        deeds.accept(
                                new ImportedDeed.Finished(
                                        at, who, opener, number, length(byOpener)));
                case Deed.Reset _ ->
                        deeds.accept(
                                new ImportedDeed.Reset(at, who, opener, number, length(byOpener)));
            }
        }

        private long length(boolean byOpener) {
            return byOpener ? openerWrote : targetWrote;
        }
    }
}
