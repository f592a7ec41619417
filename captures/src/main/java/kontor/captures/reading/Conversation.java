package kontor.captures.reading;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;

/**
 * What one game of a capture did, and what was done to it, each in order of time, and at the same
 * time in the order of the file. Streams are put together: every byte is there once, in order,
 * whatever was sent again or overtaken. Where bytes are missing, a stream ends: {@link
 * Connection#holes()}.
 *
 * <p>A capture may show a packet on several interfaces: only those count where the game sent first
 * and, if nothing comes to it there, where something first comes to it. Datagrams to groups
 * (multicast) are no part of it.
 *
 * @param game its address in the capture
 * @param own what the game did
 * @param peers what others did to it
 * @param roles by its number, each frame that comes from the game or goes to it
 */
public record Conversation(
        InetAddress game,
        List<Connection> connections,
        List<Deed> own,
        List<Deed> peers,
        Map<Integer, FrameRole> roles) {

    public Conversation {
        connections = List.copyOf(connections);
        own = List.copyOf(own);
        peers = List.copyOf(peers);
        roles = Map.copyOf(roles);
    }

    /**
     * Takes the game's conversation out of a capture; without any deed where it is not in there.
     */
    public static Conversation of(Packets packets, InetAddress game) {
        return of(packets, game, port -> false);
    }

    /**
     * The same.
     *
     * @param listening ports on which games listen: where the capture does not show who opened a
     *     connection, it was not opened from there
     */
    public static Conversation of(Packets packets, InetAddress game, IntPredicate listening) {
        PlacesSeen seen = new PlacesSeen();
        Listeners listeners = new Listeners(listening);
        packets.all()
                .forEach(packet -> {
                    seen.add(packet, game);
                    listeners.add(packet);
                });
        ConversationFold fold = new ConversationFold(game, seen, listeners);
        packets.all().forEach(fold::survey);
        fold.surveyed();
        Collected collected = new Collected(new ArrayList<>(), new ArrayList<>(), new HashMap<>());
        fold.begin(collected);
        packets.all().forEach(packet -> fold.follow(packet, true));
        List<Connection> connections = fold.finish();
        return new Conversation(game, connections, collected.own, collected.peers, collected.roles);
    }

    /** The streams' total, and all datagrams: payload bytes that the game itself sent. */
    public long ownPayloadBytes() {
        return own.stream()
                .mapToLong(deed ->
                        switch (deed) {
                            case Deed.Wrote wrote -> wrote.payload().length();
                            case Deed.Datagram datagram -> datagram.payload().length();
                            case Deed.Opened _,
                                    Deed.Accepted _,
                                    Deed.Refused _,
                                    Deed.Finished _,
                                    Deed.Reset _ ->
                                    0;
                        })
                .sum();
    }

    private record Collected(List<Deed> own, List<Deed> peers, Map<Integer, FrameRole> roles)
            implements ConversationSink {

        @Override
        public void deed(boolean byGame, Deed deed) {
            (byGame ? own : peers).add(deed);
        }

        @Override
        public void role(Trace packet, int connection, FrameRole.Kind kind) {
            for (int frame : packet.frames()) {
                int bytes = frame == packet.last() ? packet.bytes() : 0;
                roles.put(
                        frame,
                        new FrameRole(kind, packet.last(), connection, packet.byGame(), bytes));
            }
        }
    }
}
