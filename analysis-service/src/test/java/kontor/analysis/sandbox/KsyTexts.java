package kontor.analysis.sandbox;

import java.nio.file.Path;
import java.time.Duration;
import kontor.analysis.kaitai.KsyCompiler;
import kontor.analysis.sandbox.SandboxedAnalyzer.Limits;
import kontor.analysis.sandbox.SandboxedAnalyzer.Loaded;
import kontor.analysis.user.UserAnalyzer.Source;

/**
 * Texts of {@code .ksy} files for tests, and the real compiler, which the build puts into
 * target/kaitai.
 */
final class KsyTexts {

    static final Limits LIMITS = new Limits(500_000, 4_000_000, 100);

    static final String SCOPED =
            """
            meta:
              id: sample
              endian: le
              -kontor:
                filter: '%s'
            seq:
              - {id: action, type: u4}
            """;

    static final String HEAD =
            """
            meta:
              id: sample
              endian: le
              -kontor:
                protocol: data
                type: DATAGRAM
            """;

    private KsyTexts() {}

    static KsyCompiler compiler() {
        return new KsyCompiler(Path.of("target/kaitai"), Duration.ofMinutes(2));
    }

    static Loaded load(String source, KsyCompiler compiler) {
        return KaitaiAnalyzer.load(new Source("sample.ksy", source), "1", compiler, LIMITS);
    }
}
