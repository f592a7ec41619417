package kontor.adapter.run;

import java.util.List;
import kontor.lab.Lab;
import kontor.vocabulary.InstanceName;

/** Adapters in the test's own process, with one link to the broker as those of one process have. */
final class TestAdapters {

    private TestAdapters() {}

    /**
     * One for each of the settings, in their order; not started.
     *
     * @param settings one at least, of the same broker
     */
    static Adapters of(Lab lab, List<AdapterSettings> settings) {
        return Adapters.of(
                settings,
                own -> new LabPlace(lab, lab.instance(new InstanceName(own.instance()))),
                "test");
    }
}
