package kontor.gateway.reloads;

/** Whoever reads the logs, as far as a reload's verdict depends on it. */
public interface Following {

    /** Returns whether all is read that the logs had at the start. */
    boolean isFollowing();
}
