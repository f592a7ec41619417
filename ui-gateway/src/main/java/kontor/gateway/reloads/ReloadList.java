package kontor.gateway.reloads;

import java.util.List;

/** Reloads that were heard of lately, newest first. */
public record ReloadList(List<ReloadSummary> reloads) {

    public ReloadList {
        reloads = List.copyOf(reloads);
    }
}
