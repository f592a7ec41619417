package kontor.launcher.process;

import java.time.Duration;
import kontor.launcher.plan.Role;

/**
 * The share of the processors that a process gets while it starts, and from when it is ready on.
 *
 * <p>A start takes seconds of processor time. What the stack waits for starts with a full share and
 * steps back once it is ready: beside full processors it would take minutes else. What starts
 * beside a process that still does the work is waited for by nobody, while the games notice what it
 * takes from the packet path: it starts with no more than adapters have, and gets its own share
 * once it is ready.
 *
 * @param own niceness of the supervisor's group: where that steps back, so do its processes. Each
 *     has a new session and with it a new group, and among groups only the group's own niceness
 *     counts
 * @param besideAnother whether another process does its work until it is ready, and behind that
 */
record Share(int own, Role role, boolean besideAnother) {

    /** How long a new child may have a full share. */
    private static final Duration CHILDREN_PAUSE = Duration.ofSeconds(1);

    /** Niceness of the new process's group, 0 to 19. */
    int whileStarting() {
        return besideAnother ? Math.max(own, Role.ADAPTER.niceness()) : own;
    }

    /**
     * Gives a process that is ready the share that it keeps. Blocks for at most a second.
     *
     * @param pid a process that leads a session of its own
     */
    void settle(long pid) throws InterruptedException {
        if (OwnSession.words().isEmpty()) {
            return;
        }
        if (role.niceness() > 0) {
            StepBack.step(pid, role.niceness());
        } else {
            StepBack.end(pid, own);
        }
    }

    /**
     * Gives the children of a database its own share: PostgreSQL has a process for each connection,
     * and each begins a session and so a group of its own. Blocks until the database has ended;
     * returns at once for all other roles.
     */
    void keep(Process process) throws InterruptedException {
        if (role != Role.DATABASE || OwnSession.words().isEmpty()) {
            return;
        }
        do {
            StepBack.stepChildren(process.pid(), Math.max(own, role.niceness()));
        } while (!process.waitFor(CHILDREN_PAUSE));
    }
}
