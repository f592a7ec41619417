package kontor.gateway.reloads;

/** The readers of the logs, as far as a reload's verdict depends on them. */
public interface Following {

    /** Returns whether all is read that the logs had at the start. */
    boolean isFollowing();
}
