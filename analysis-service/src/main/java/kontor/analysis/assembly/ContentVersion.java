package kontor.analysis.assembly;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** The version of an analyzer: a hash over the compiled classes that do its work. */
final class ContentVersion {

    private static final int DIGITS = 12;

    private ContentVersion() {}

    /**
     * @param packages all classes in them count, those of packages below do not
     */
    static String of(List<String> packages) {
        MessageDigest digest = sha256();
        packages.stream()
                .flatMap(ContentVersion::classesIn)
                .forEach(resource -> {
                    try (InputStream content = resource.getInputStream()) {
                        digest.update(content.readAllBytes());
                    } catch (IOException e) {
                        throw new UncheckedIOException("cannot read " + resource, e);
                    }
                });
        return HexFormat.of().formatHex(digest.digest()).substring(0, DIGITS);
    }

    private static Stream<Resource> classesIn(String packageName) {
        String pattern = "classpath*:" + packageName.replace('.', '/') + "/*.class";
        try {
            Resource[] found = new PathMatchingResourcePatternResolver().getResources(pattern);
            if (found.length == 0) {
                throw new IllegalStateException("no classes in " + packageName);
            }
            return Stream.of(found)
                    .sorted(Comparator.comparing(r -> Objects.toString(r.getFilename())));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list the classes of " + packageName, e);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
