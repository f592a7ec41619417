package kontor.launcher.supervision;

import java.util.List;

/** How a process is ended. */
final class Endings {

    private Endings() {}

    /** Sends it the stop signal; one that is still being launched gets it once it runs. */
    static void stop(Member member, long nowNanos, List<Effect> effects) {
        switch (member.phase) {
            case STARTING, READY -> {
                member.enter(Phase.STOPPING, nowNanos);
                if (member.identity != null) {
                    effects.add(new Effect.Terminate(member.name(), member.life));
                }
            }
            case WAITING -> member.enter(Phase.STOPPED, nowNanos);
            case STOPPING, STOPPED, DIED -> {}
        }
    }

    /** Kills it; nobody wants it to be started again. */
    static void kill(Member member, List<Effect> effects) {
        if (member.phase.live()) {
            member.killed = true;
            effects.add(new Effect.Kill(member.name(), member.life));
        }
    }

    static String describe(int exitCode) {
        return exitCode > 128 ? "killed by signal " + (exitCode - 128) : "exit status " + exitCode;
    }
}
