package kontor.launcher.control;

import kontor.launcher.supervision.ReloadNews;

/** Hears what concerns the processes of one lab, in the order of its partition. */
public interface ReloadListener {

    void onReload(ReloadNews news) throws InterruptedException;

    /** A life of an orchestrator says that it owns the log. */
    void onOwner(String processId, long epoch) throws InterruptedException;
}
