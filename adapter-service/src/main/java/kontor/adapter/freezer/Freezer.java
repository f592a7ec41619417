package kontor.adapter.freezer;

import java.time.Duration;
import kontor.lab.FreezeMethod;
import kontor.lab.LabInstance;

/**
 * Makes one game stand still, and go on. Blocks for as long as that takes, which is bounded. One
 * thread at a time; no call is interrupted.
 */
public interface Freezer {

    /**
     * Returns when the whole game stands still; at once where it does already.
     *
     * @return how: "cgroup v2" ...
     * @throws FreezeException if it does not; whatever had been stopped goes on again
     */
    String freeze() throws FreezeException;

    /**
     * Returns when the game goes on, or is no more; at once where it does already. Also undoes what
     * a freezer of an earlier process did.
     *
     * @throws FreezeException if the game may still stand
     */
    void thaw() throws FreezeException;

    /**
     * The way that the lab file names.
     *
     * @param patience how long a game may take to stand still or to go on
     */
    static Freezer of(LabInstance instance, Duration patience) {
        return switch (instance.freeze()) {
            case FreezeMethod.None _ ->
                    new NoFreezer(
                            "instance %s has no 'freeze' in the lab file"
                                    .formatted(instance.name()));
            case FreezeMethod.ControlGroup(var directory) ->
                    new ControlGroupFreezer(directory, patience);
            case FreezeMethod.PidFile(var file) -> new ProcessTreeFreezer(file, patience);
        };
    }
}
