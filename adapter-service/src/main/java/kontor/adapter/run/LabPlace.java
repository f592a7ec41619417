package kontor.adapter.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import kontor.adapter.relay.GameNetwork;
import kontor.lab.FreezeMethod;
import kontor.lab.Lab;
import kontor.lab.LabFile;
import kontor.lab.LabFileException;
import kontor.lab.LabInstance;
import kontor.vocabulary.InstanceName;

/** Which instance of which lab this adapter is for. */
record LabPlace(Lab lab, LabInstance instance) {

    /** The addresses of the game's network, and those of the lab's other games. */
    GameNetwork network() {
        List<LabInstance> others =
                lab.instances().stream()
                        .filter(other -> !other.name().equals(instance.name()))
                        .toList();
        return new GameNetwork(
                instance.addresses(),
                instance.peers(),
                instance.broadcastOrNull(),
                others.stream()
                        .flatMap(other -> other.addresses().stream())
                        .collect(Collectors.toSet()),
                others.stream().noneMatch(LabInstance::addressIsTheFirstToSpeak));
    }

    /**
     * The same with a control group to freeze the game by, unless the lab file has a way.
     *
     * @param group its directory; or empty
     */
    LabPlace frozenBy(String group) {
        if (group.isBlank() || !(instance.freeze() instanceof FreezeMethod.None)) {
            return this;
        }
        return new LabPlace(
                lab,
                new LabInstance(
                        instance.name(),
                        instance.addresses(),
                        instance.peers(),
                        instance.broadcastOrNull(),
                        instance.vncOrNull(),
                        new FreezeMethod.ControlGroup(Path.of(group.strip()))));
    }

    /**
     * @throws AdapterStartException if the file or the name is not right; says what is allowed
     */
    static LabPlace read(String labFile, String instance) {
        if (labFile.isBlank()) {
            throw new AdapterStartException("KONTOR_LAB_FILE must be the path of a lab file");
        }
        try {
            Lab lab = LabFile.read(Path.of(labFile));
            return new LabPlace(lab, lab.instance(new InstanceName(instance)));
        } catch (LabFileException e) {
            throw new AdapterStartException(String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw new AdapterStartException("the lab file cannot be read: " + e, e);
        } catch (IllegalArgumentException e) {
            throw new AdapterStartException("KONTOR_INSTANCE: " + e.getMessage(), e);
        }
    }
}
