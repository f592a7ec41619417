package kontor.captures.importing;

import java.util.List;

/**
 * A capture as what games did.
 *
 * @param instances the machines that spoke to each other
 * @param deeds in order of time, and at the same time in that of the file
 */
public record CaptureImport(
        List<ImportedInstance> instances, List<ImportedDeed> deeds, ImportAccount account) {

    public CaptureImport {
        instances = List.copyOf(instances);
        deeds = List.copyOf(deeds);
    }
}
