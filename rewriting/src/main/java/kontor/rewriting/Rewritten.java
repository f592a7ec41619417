package kontor.rewriting;

import java.util.List;
import kontor.vocabulary.Bytes;

/**
 * A message or datagram as its receiver must see it.
 *
 * @param bytes as many as there were; the same object if nothing was to be changed
 * @param changes by offset
 * @param pieces what is to be known when the next one is rewritten
 */
public record Rewritten(Bytes bytes, List<Change> changes, List<Warning> warnings, Pieces pieces) {

    public Rewritten {
        changes = List.copyOf(changes);
        warnings = List.copyOf(warnings);
    }
}
