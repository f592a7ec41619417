package kontor.analysis.anno;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Function;
import kontor.analysis.directplay.DirectPlay;
import kontor.analysis.directplay.PlayerIds;
import kontor.analysis.directplay.Told;
import kontor.analysis.dissect.Dissection;

/**
 * The ids that a session's messages have revealed: the session key and names.
 *
 * <p>A session description is believed at once; until there is one, the key is guessed from a
 * message of the game to its group.
 */
final class KnownIds {

    /** Far more than a session of four players ever has. */
    private static final int NAMES_LIMIT = 1024;

    private OptionalLong key = OptionalLong.empty();
    private final Map<Long, String> names = new HashMap<>();
    private PlayerIds now = PlayerIds.unknown();

    PlayerIds now() {
        return now;
    }

    /** Dissects, and once more where the message itself contains the key to its ids. */
    Dissection read(Function<PlayerIds, Dissection> dissect) {
        return learn(dissect.apply(now), dissect);
    }

    Dissection learn(Dissection first, Function<PlayerIds, Dissection> again) {
        Told told = DirectPlay.toldBy(first);
        OptionalLong keyBefore = key;
        learnKey(first, told);
        boolean isNew = !key.equals(keyBefore);
        for (Map.Entry<Long, String> name : told.names().entrySet()) {
            if (names.size() < NAMES_LIMIT || names.containsKey(name.getKey())) {
                isNew |= !name.getValue().equals(names.put(name.getKey(), name.getValue()));
            }
        }
        if (isNew) {
            now = new PlayerIds(key, names);
            return again.apply(now);
        }
        return first;
    }

    private void learnKey(Dissection message, Told told) {
        if (message.problem().isPresent()) {
            return;
        }
        if (told.key().isPresent()) {
            key = told.key();
        } else if (key.isEmpty() && message.protocol().equals("x642")) {
            key = DirectPlay.keyGuessedFrom(message);
        }
    }
}
