package kontor.rules;

import java.util.Optional;
import kontor.analysis.directplay.DirectPlay;
import kontor.analysis.directplay.PlayerIds;
import kontor.analysis.dissect.Dissection;
import kontor.analysis.x642.X642;
import kontor.vocabulary.Bytes;

/** Makes messages of bytes: nothing else in this package looks into what games send. */
interface MessageParser {

    /** DirectPlay's messages, and the game's own. */
    MessageParser OF_THE_GAME = new OfTheGame();

    /** What a stream consists of, from the beginning of a message on. */
    Frames cut(Bytes stream);

    /** What a datagram holds; empty where that does not look like a message. */
    Optional<Dissection> onDatagram(Bytes bytes);

    /** What a whole message of a stream holds. */
    Dissection onMessage(Bytes bytes);

    /** Stateless. */
    final class OfTheGame implements MessageParser {

        private static final int FIELD_LIMIT = 5_000;

        private final DirectPlay dissector = new DirectPlay(new X642(), FIELD_LIMIT);

        private OfTheGame() {}

        @Override
        public Frames cut(Bytes stream) {
            return Frames.of(stream);
        }

        @Override
        public Optional<Dissection> onDatagram(Bytes bytes) {
            return dissector.onDatagram(bytes, PlayerIds.unknown());
        }

        @Override
        public Dissection onMessage(Bytes bytes) {
            return dissector.onStream(bytes, PlayerIds.unknown());
        }
    }
}
