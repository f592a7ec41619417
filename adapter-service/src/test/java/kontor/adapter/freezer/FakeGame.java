package kontor.adapter.freezer;

import org.jspecify.annotations.Nullable;

/** A game without processes, and its freezer. */
final class FakeGame implements FreezerContract.Game, Freezer {

    volatile boolean there = true;
    volatile boolean frozen;

    /** Why it does not thaw, as long as that is so. */
    volatile @Nullable String stuck;

    @Override
    public Freezer newFreezer() {
        return this;
    }

    @Override
    public String freeze() throws FreezeException {
        if (!there) {
            throw new FreezeException("no such game");
        }
        frozen = true;
        return "fake";
    }

    @Override
    public void thaw() throws FreezeException {
        String why = stuck;
        if (why != null) {
            throw new FreezeException(why);
        }
        frozen = false;
    }

    @Override
    public boolean stands() {
        return frozen;
    }

    @Override
    public void awaitSignOfLife() {
        if (frozen) {
            throw new AssertionError("it is frozen");
        }
    }

    @Override
    public void end() {
        there = false;
    }
}
