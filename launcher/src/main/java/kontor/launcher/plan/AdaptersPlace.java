package kontor.launcher.plan;

/** Where a stack runs the adapters of its games. */
public enum AdaptersPlace {
    /** Each in a process of its own: what happens to one, the other games do not feel. */
    APART,

    /** All in one process, which takes less memory and starts sooner, and which they end with. */
    TOGETHER;

    /** The usual place on a machine of so many processors. */
    public static AdaptersPlace usual(int processors) {
        return Surroundings.areFew(processors) ? TOGETHER : APART;
    }
}
