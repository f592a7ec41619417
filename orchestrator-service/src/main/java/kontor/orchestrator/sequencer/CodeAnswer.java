package kontor.orchestrator.sequencer;

import java.util.List;
import kontor.vocabulary.Bytes;

/**
 * What rules in Java say of something that waits. Asked again they may say something else, so it is
 * nothing before its record is safe.
 *
 * @param bytes that the recipient gets
 * @param failed rules whose code threw or went beyond its limits: they changed nothing
 */
public record CodeAnswer(CodeSaid said, Bytes bytes, boolean isDropped, List<String> failed) {

    public CodeAnswer {
        failed = List.copyOf(failed);
    }

    /** Nothing is done, for this reason. */
    public static CodeAnswer none(List<String> rules, String version, Bytes bytes, String why) {
        return new CodeAnswer(new CodeSaid(rules, version, List.of(why)), bytes, false, List.of());
    }
}
