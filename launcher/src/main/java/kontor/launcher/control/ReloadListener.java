package kontor.launcher.control;

import kontor.launcher.snapshots.SnapshotWish;
import kontor.launcher.supervision.ReloadNews;

/** Hears what concerns one lab's processes and games, in the order of its partition. */
public interface ReloadListener {

    void onReload(ReloadNews news) throws InterruptedException;

    /** A life of an orchestrator says that it owns the log. */
    void onOwner(String processId, long epoch) throws InterruptedException;

    /** Somebody wants a snapshot of the lab's games taken or restored. */
    void onSnapshot(SnapshotWish wish);
}
