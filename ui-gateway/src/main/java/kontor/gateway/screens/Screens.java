package kontor.gateway.screens;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import kontor.lab.Lab;
import kontor.lab.LabInstance;
import org.jspecify.annotations.Nullable;

/**
 * The screens of a lab, in the order of its file.
 *
 * @param labOrNull null where the gateway has no lab file
 */
record Screens(@Nullable Lab labOrNull) {

    /** Where the screen of an instance is; empty if it has none, or there is no such instance. */
    Optional<InetSocketAddress> of(String instance) {
        return instances().stream()
                .filter(each -> each.name().value().equals(instance))
                .findFirst()
                .flatMap(LabInstance::vnc);
    }

    /** What the page receives. */
    ScreenList list() {
        String lab = labOrNull == null ? "" : labOrNull.name().value();
        return new ScreenList(
                instances().stream()
                        .filter(each -> each.vnc().isPresent())
                        .map(each -> new Screen(each.name().value(), lab))
                        .toList());
    }

    private List<LabInstance> instances() {
        return labOrNull == null ? List.of() : labOrNull.instances();
    }
}
