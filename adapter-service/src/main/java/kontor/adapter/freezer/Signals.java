package kontor.adapter.freezer;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/**
 * Sends signals by the C library's {@code kill}: without a process of its own, within microseconds.
 */
final class Signals {

    /** The numbers of Linux on every architecture that has a JDK of today. */
    static final int CONTINUE = 18;

    static final int STOP = 19;

    private static final int NO_SUCH_PROCESS = 3;

    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO =
            STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));
    private static final MethodHandle KILL = kill();

    private Signals() {}

    /**
     * A process that is gone needs no signal.
     *
     * @throws FreezeException if the system does not allow it
     */
    static void send(int signal, ProcessStat process) throws FreezeException {
        int error;
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            int failed = (int) KILL.invokeExact(state, Math.toIntExact(process.pid()), signal);
            error = failed == 0 ? 0 : (int) ERRNO.get(state, 0L);
        } catch (Throwable e) {
            throw new IllegalStateException("kill cannot be called", e);
        }
        if (error != 0 && error != NO_SUCH_PROCESS) {
            throw new FreezeException(
                    "process %s may not be signalled (error %d)".formatted(process, error));
        }
    }

    @SuppressWarnings("restricted")
    private static MethodHandle kill() {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(
                linker.defaultLookup().findOrThrow("kill"),
                FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT),
                Linker.Option.captureCallState("errno"));
    }
}
