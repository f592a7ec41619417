package kontor.adapter.spool;

final class MemorySpoolTest extends SpoolContract {

    private final MemorySpool spool = new MemorySpool(RUN, bounds(), ENCODING);

    @Override
    Spool spool() {
        return spool;
    }
}
