package kontor.launcher.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import kontor.captures.reading.Capture;
import kontor.captures.reading.CaptureException;
import kontor.captures.reading.CaptureFile;

/** Reads the capture that a command line names. */
final class CaptureArgument {

    private CaptureArgument() {}

    /**
     * Returns the capture.
     *
     * @throws IllegalArgumentException if it cannot be read; the message is one sentence with the
     *     path and the parameter
     */
    static Capture read(Path file) {
        if (Files.isDirectory(file)) {
            throw new IllegalArgumentException(
                    "FILE: %s is a directory, not a capture file (pcapng or pcap)".formatted(file));
        }
        try {
            return CaptureFile.read(file);
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException("FILE: no such file: " + file, e);
        } catch (AccessDeniedException e) {
            throw new IllegalArgumentException("FILE: permission denied: %s".formatted(file), e);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "FILE: could not read %s: %s".formatted(file, e.getMessage()), e);
        } catch (CaptureException e) {
            throw new IllegalArgumentException("FILE: %s: %s".formatted(file, e.getMessage()), e);
        }
    }
}
