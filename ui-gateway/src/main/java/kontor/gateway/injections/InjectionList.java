package kontor.gateway.injections;

import java.util.List;

/** Injections into a session since this gateway began, newest first; the last 100. */
public record InjectionList(List<InjectionSummary> injections) {

    public InjectionList {
        injections = List.copyOf(injections);
    }
}
