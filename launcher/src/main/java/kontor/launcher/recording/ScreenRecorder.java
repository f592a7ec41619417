package kontor.launcher.recording;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import kontor.lab.Lab;
import org.jspecify.annotations.Nullable;

/** Keeps pictures of all screens of a lab until it is closed. */
public final class ScreenRecorder implements AutoCloseable {

    /**
     * What is kept.
     *
     * @param directory where
     * @param every how often each screen is looked at, beside at each marker
     * @param mostBytes of all pictures together; the oldest are deleted
     */
    public record Settings(Path directory, Duration every, long mostBytes) {}

    private final SessionWatch sessions;
    private final List<ScreenWatch> screens;

    private ScreenRecorder(SessionWatch sessions, List<ScreenWatch> screens) {
        this.sessions = sessions;
        this.screens = screens;
    }

    /**
     * Begins.
     *
     * @param gateway its address; ends with a slash
     * @param token null where it asks for none
     * @throws IllegalArgumentException if no instance of the lab has a screen
     */
    public static ScreenRecorder start(
            Lab lab, URI gateway, @Nullable String token, Settings settings) throws IOException {
        PictureStore store = PictureStore.open(settings.directory(), settings.mostBytes());
        List<ScreenWatch> screens = new CopyOnWriteArrayList<>();
        SessionWatch sessions =
                new SessionWatch(
                        gateway,
                        lab.name().value(),
                        token,
                        () -> screens.forEach(ScreenWatch::lookNow));
        lab.instances()
                .forEach(instance ->
                        instance.vnc()
                                .ifPresent(screen ->
                                        screens.add(
                                                new ScreenWatch(
                                                        instance.name(),
                                                        screen,
                                                        settings.every(),
                                                        sessions::newest,
                                                        store))));
        if (screens.isEmpty()) {
            throw new IllegalArgumentException(
                    "no instance of lab '%s' has 'vnc' in the lab file".formatted(lab.name()));
        }
        sessions.start();
        screens.forEach(ScreenWatch::start);
        return new ScreenRecorder(sessions, screens);
    }

    /** Of the event to which a picture would be tied now. */
    long newestSequence() {
        return sessions.newest().sequence();
    }

    @Override
    public void close() {
        screens.forEach(ScreenWatch::close);
        sessions.close();
    }
}
