package kontor.gateway.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The secret that all who may use the gateway share. Compared in constant time, shown nowhere.
 *
 * <p>A browser gets a pass made from it, as a cookie: an end, signed with the token. Nothing is
 * kept for it, so it outlives the gateway; another token ends all passes.
 */
public final class Token {

    public static final int LEAST_LENGTH = 32;

    /** How to make a file with one; takes the file's name. */
    public static final String RECIPE =
            "(umask 077; od -An -N32 -tx1 /dev/urandom | tr -d ' \\n' >%s)";

    private static final Pattern FORM = Pattern.compile("[\\x21-\\x7e]+");
    private static final Pattern PASS = Pattern.compile("([0-9]{1,12})\\.([0-9a-f]{64})");

    private final byte[] secret;
    private final String passName;

    private Token(String text) {
        this.secret = text.getBytes(UTF_8);
        this.passName = "kontor-" + signature("name of the pass").substring(0, 8);
    }

    /**
     * @param text what the file holds; space around it does not count
     * @param file for messages
     * @throws AccessRefusedException if it is none, or easy to guess by its length alone
     */
    public static Token of(String text, String file) {
        String stripped = text.strip();
        String fault =
                stripped.isEmpty()
                        ? "is empty"
                        : stripped.length() < LEAST_LENGTH
                                ? "is shorter than %d characters".formatted(LEAST_LENGTH)
                                : FORM.matcher(stripped).matches()
                                        ? ""
                                        : "is not one word of printable ASCII characters";
        if (!fault.isEmpty()) {
            throw new AccessRefusedException(
                    "The token in %s (KONTOR_TOKEN_FILE) %s.".formatted(file, fault),
                    "Make another: " + RECIPE.formatted(file));
        }
        return new Token(stripped);
    }

    public boolean matches(String given) {
        // Digests are equally long, whatever the given one's length.
        return MessageDigest.isEqual(digest(secret), digest(given.getBytes(UTF_8)));
    }

    /** The cookie's name: gateways on other ports of the same host have cookies of their own. */
    public String passName() {
        return passName;
    }

    public String pass(Instant now, Duration validity) {
        long end = now.plus(validity).getEpochSecond();
        return end + "." + signature("pass until " + end);
    }

    public boolean matchesPass(String given, Instant now) {
        Matcher parts = PASS.matcher(given);
        if (!parts.matches()) {
            return false;
        }
        long end = Long.parseLong(parts.group(1));
        byte[] right = signature("pass until " + end).getBytes(UTF_8);
        return MessageDigest.isEqual(right, parts.group(2).getBytes(UTF_8))
                && now.getEpochSecond() < end;
    }

    private String signature(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every JDK has HmacSHA256", e);
        }
    }

    private static byte[] digest(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "Token[not shown]";
    }
}
