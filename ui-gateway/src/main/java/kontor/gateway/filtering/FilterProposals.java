package kontor.gateway.filtering;

import java.util.List;

/** What may be typed at the caret, the likeliest first. */
public record FilterProposals(List<FilterProposal> proposals) {

    public FilterProposals {
        proposals = List.copyOf(proposals);
    }
}
