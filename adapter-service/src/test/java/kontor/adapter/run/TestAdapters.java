package kontor.adapter.run;

import java.util.List;
import kontor.adapter.kafka.KafkaLink;
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
        KafkaLink link =
                new KafkaLink(
                        settings.getFirst().kafka().settings(),
                        settings.stream().map(AdapterSettings::instance).toList());
        List<AdapterRun> runs =
                settings.stream()
                        .map(own ->
                                new AdapterRun(
                                        own,
                                        new LabPlace(
                                                lab,
                                                lab.instance(new InstanceName(own.instance()))),
                                        link,
                                        "test"))
                        .toList();
        return new Adapters(runs, link);
    }
}
