package kontor.launcher.stack;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** What a file system refused, in a few words instead of an exception's name. */
public final class FileTrouble {

    private FileTrouble() {}

    /** The reason without the path: "permission denied to user nobody". */
    public static String reason(IOException failure) {
        return switch (failure) {
            case AccessDeniedException _ ->
                    "permission denied to user " + System.getProperty("user.name");
            case FileAlreadyExistsException _, NotDirectoryException _ -> "it is not a directory";
            case NoSuchFileException _ -> "it does not exist and cannot be created";
            case FileSystemException at when at.getReason() != null ->
                    at.getReason().substring(0, 1).toLowerCase(java.util.Locale.ROOT)
                            + at.getReason().substring(1);
            default -> String.valueOf(failure.getMessage());
        };
    }
}
