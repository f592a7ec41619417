package kontor.analysis.sandbox;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import kontor.analysis.kaitai.KsyCompiler;
import kontor.analysis.sandbox.SandboxedAnalyzer.Limits;
import kontor.analysis.sandbox.SandboxedAnalyzer.Loaded;
import kontor.analysis.user.UserAnalyzer.Source;

/** Makes analyzers out of texts, whichever language they are in. Thread-safe. */
public final class AnalyzerLoader implements AutoCloseable {

    private static final int DIGITS = 12;

    private final String apiVersion;
    private final Limits limits;
    private final KsyCompiler kaitai;

    /**
     * @param apiVersion the hash of the interface that analyzers are compiled against
     * @param kaitai closed with this
     */
    public AnalyzerLoader(String apiVersion, Limits limits, KsyCompiler kaitai) {
        this.apiVersion = apiVersion;
        this.limits = limits;
        this.kaitai = kaitai;
    }

    /** Compiles and loads a text. Never throws whatever the text is. */
    public Loaded load(Source source) {
        String version = version(source);
        return AnalyzersDirectory.isKaitai(source.file())
                ? KaitaiAnalyzer.load(source, version, kaitai, limits)
                : SandboxedAnalyzer.load(name(source.file()), version, source, limits);
    }

    /** Returns whether a file can be an analyzer, by its name. */
    public static boolean isAnalyzer(String file) {
        return AnalyzersDirectory.isAnalyzer(file);
    }

    /** Returns the name that the analyzer of a file has. */
    public static String name(String file) {
        return AnalyzersDirectory.stem(file).toLowerCase(Locale.ROOT);
    }

    /** Returns the hash of a text and of the interface. */
    public String version(Source source) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(
                    (apiVersion + "\n" + source.file() + "\n").getBytes(StandardCharsets.UTF_8));
            byte[] hash = digest.digest(source.text().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    @Override
    public void close() {
        kaitai.close();
    }
}
