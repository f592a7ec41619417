package kontor.launcher.watch;

import java.time.Duration;
import java.util.List;
import kontor.launcher.gateway.ReloadAnswer;

/** Hears how watching goes on. Called by its thread. */
public interface WatchListener {

    /** A sentence about what cannot be done. */
    void onNote(String text);

    void onBuilding(List<String> services);

    /** It compiles; the reloads follow. */
    void onBuilt(Duration took);

    /** What is wrong with the sources; one line of it. */
    void onError(String line);

    void onReloaded(ReloadAnswer outcome);
}
