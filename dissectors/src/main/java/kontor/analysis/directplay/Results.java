package kontor.analysis.directplay;

import java.util.Map;
import kontor.analysis.dissect.WordView;

/** HRESULTs that DirectPlay sends. */
final class Results {

    private static final Map<Long, String> NAMES =
            Map.of(0L, "OK", 0x8877_014AL, "no more players");

    private Results() {}

    static WordView view() {
        return WordView.hexNamed(result -> NAMES.getOrDefault(result, ""));
    }

    static String show(long result) {
        return NAMES.getOrDefault(result, WordView.hex(result, Integer.BYTES));
    }
}
