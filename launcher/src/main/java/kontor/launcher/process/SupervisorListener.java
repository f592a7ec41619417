package kontor.launcher.process;

/** Hears what happens in a stack. */
public interface SupervisorListener {

    /** Something is otherwise than before. */
    void onChange(Supervisor.Snapshot snapshot);

    /** A life has ended by itself while another stands by. */
    void onEnded(String name, String processId);

    /** Worth a line in the log. Called by any thread. */
    void onReport(String text);
}
