package kontor.analysis.directplay;

import java.util.Map;
import kontor.analysis.dissect.WordView;

/** docs/protocol/directplay4.md, "System message header": the sender's version of DirectPlay. */
final class Versions {

    private static final Map<Long, String> NAMES =
            Map.of(
                    9L, "DirectX 6",
                    10L, "DirectX 6.1",
                    11L, "DirectX 6.1a",
                    12L, "DirectX 7.1",
                    13L, "DirectX 8",
                    14L, "DirectX 9");

    private static final WordView VIEW =
            WordView.hexNamed(version -> NAMES.getOrDefault(version, ""));

    private Versions() {}

    static WordView view() {
        return VIEW;
    }
}
