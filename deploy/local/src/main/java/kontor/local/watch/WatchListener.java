package kontor.local.watch;

import kontor.local.gateway.ReloadAnswer;

/** Hears how watching goes on. Called by its thread. */
public interface WatchListener {

    /** A sentence about what is done now, or cannot be. */
    void onNote(String text);

    /** What is wrong with the sources; one line of it. */
    void onError(String line);

    void onReloaded(ReloadAnswer outcome);
}
