package kontor.analysis.directplay;

import java.util.Map;
import kontor.analysis.dissect.WordView;

/** HRESULTs that DirectPlay sends. */
final class Results {

    private static final Map<Long, String> NAMES =
            Map.of(0L, "OK", 0x8877_014AL, "no more players");

    private static final WordView VIEW =
            WordView.hexNamed(result -> NAMES.getOrDefault(result, ""));

    private Results() {}

    static WordView view() {
        return VIEW;
    }

    static String show(long result) {
        return NAMES.getOrDefault(result, WordView.hex(result, Integer.BYTES));
    }
}
