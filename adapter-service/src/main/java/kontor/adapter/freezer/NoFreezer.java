package kontor.adapter.freezer;

/** For a game of which nobody said how it is frozen: it always runs. */
record NoFreezer(String why) implements Freezer {

    @Override
    public String freeze() throws FreezeException {
        throw new FreezeException(why);
    }

    @Override
    public void thaw() {}
}
