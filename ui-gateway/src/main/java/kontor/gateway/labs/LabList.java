package kontor.gateway.labs;

import java.util.List;

/** All labs, by name. */
public record LabList(List<LabSummary> labs) {

    public LabList {
        labs = List.copyOf(labs);
    }
}
