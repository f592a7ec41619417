package kontor.gateway.sessions;

import java.util.List;
import java.util.stream.Stream;
import kontor.gateway.http.ProblemException;
import kontor.gateway.http.ProblemKind;
import kontor.gateway.instances.InstanceBoard;
import kontor.vocabulary.LabName;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Which lab a request means. */
@Component
public class KnownLabs {

    private final SessionArchive archive;
    private final InstanceBoard board;

    KnownLabs(SessionArchive archive, InstanceBoard board) {
        this.archive = archive;
        this.board = board;
    }

    /**
     * The one that is named, or the only one that was ever heard of; nobody plays in an import's.
     */
    public String choose(@Nullable String wanted) {
        if (wanted != null) {
            try {
                return new LabName(wanted).value();
            } catch (IllegalArgumentException e) {
                throw ProblemException.badParameter(
                        "lab", wanted, "lower-case letters, digits and hyphens, a letter first");
            }
        }
        List<String> known =
                Stream.concat(archive.labs().stream(), board.labs().stream())
                        .filter(lab -> !new LabName(lab).isImport())
                        .distinct()
                        .sorted()
                        .toList();
        return switch (known.size()) {
            case 0 -> throw ProblemKind.NO_SUCH_LAB.with("no lab is known yet: name one");
            case 1 -> known.getFirst();
            default ->
                    throw new ProblemException(
                            ProblemKind.BAD_PARAMETER,
                            "there are several labs: name one of " + known,
                            "lab",
                            null,
                            known);
        };
    }
}
