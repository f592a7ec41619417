package kontor.sandbox;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/**
 * What the code of a user may still do in the current call. The code itself is charged: {@link
 * BudgetPass} puts a call of {@link #step} at each way back and at the entry of each method, one of
 * {@link #allocate} before each array, and one of {@link #text} behind what makes texts longer.
 * Each thread has a budget of its own.
 */
public final class Budget {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static final ThreadLocal<Budget> CURRENT = ThreadLocal.withInitial(Budget::new);

    /** What the thread has allocated is asked once in so many steps. */
    private static final long STEPS_BETWEEN = 64;

    /** Room for the values of an array, roughly, whatever they are. */
    private static final long VALUE_BYTES = 8;

    private static final int LONGEST_TEXT = 100_000;

    private long stepsLeft;
    private long arrayBytesLeft;
    private long allocatedAtMost;

    private Budget() {}

    /**
     * Gives the calling thread a new budget.
     *
     * @param steps loops, calls and switches
     * @param bytes of arrays; four times as many in all
     */
    public static void begin(long steps, long bytes) {
        Budget budget = CURRENT.get();
        budget.stepsLeft = steps;
        budget.arrayBytesLeft = bytes;
        budget.allocatedAtMost = THREADS.getCurrentThreadAllocatedBytes() + 4 * bytes;
    }

    /**
     * Charges a step.
     *
     * @throws BudgetExceededError if none is left, and again at each step from then on
     */
    public static void step() {
        Budget budget = CURRENT.get();
        if (--budget.stepsLeft < 0) {
            throw new BudgetExceededError("took too many steps; is there an endless loop?");
        }
        if (budget.stepsLeft % STEPS_BETWEEN == 0
                && THREADS.getCurrentThreadAllocatedBytes() > budget.allocatedAtMost) {
            throw budget.exceeded();
        }
    }

    /**
     * Charges an array before it is allocated.
     *
     * @throws BudgetExceededError if it is too large
     */
    public static void allocate(int values) {
        Budget budget = CURRENT.get();
        budget.arrayBytesLeft -= Math.max(0, values) * VALUE_BYTES;
        if (budget.arrayBytesLeft < 0) {
            throw budget.exceeded();
        }
    }

    /**
     * Looks at a text that was made.
     *
     * @throws BudgetExceededError if it is too long
     */
    public static void text(CharSequence text) {
        if (text.length() > LONGEST_TEXT) {
            throw CURRENT.get().exceeded();
        }
    }

    /** Nothing is left from now on. */
    private BudgetExceededError exceeded() {
        stepsLeft = 0;
        return new BudgetExceededError("allocated too much");
    }
}
