package kontor.launcher.plan;

import java.nio.file.Path;

/** Where the broker's key and certificate for guests are. */
public final class GuestFiles {

    public static final String STORE_TYPE = "PKCS12";

    /** Stands beside the key in the broker's settings: file permissions protect it. */
    public static final String STORE_PASSWORD = "readable-by-its-owner";

    private GuestFiles() {}

    /** The key store. */
    public static Path key(Path directory, Guests guests) {
        return directory.resolve(guests.fileName() + ".p12");
    }

    /** What guests get of it. */
    public static Path certificate(Path directory, Guests guests) {
        return directory.resolve(guests.fileName() + ".pem");
    }
}
