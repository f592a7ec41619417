package kontor.rules;

import java.util.ArrayList;
import java.util.List;
import kontor.packetrules.Ruling;
import kontor.vocabulary.Bytes;

/** Collects what a rule in Java calls for, as actions of rules. */
final class CodeRuling implements Ruling {

    private static final int MOST_ACTIONS = 64;

    /** As of other rules: what a datagram can hold. */
    private static final int LARGEST = 65_507;

    private final List<RuleAction> actions = new ArrayList<>();

    List<RuleAction> actions() {
        return actions;
    }

    @Override
    public void set(String field, long value) {
        set(field, Long.toString(value));
    }

    @Override
    public void set(String field, String value) {
        add(new RuleAction.SetField(field, value, null, RuleAction.SetField.ALL));
    }

    @Override
    public void patch(int offset, byte[] bytes) {
        add(new RuleAction.Patch(offset, bytes.length, copy(bytes)));
    }

    @Override
    public void replace(byte[] bytes) {
        add(new RuleAction.Replace(copy(bytes)));
    }

    @Override
    public void drop() {
        add(new RuleAction.Drop());
    }

    private static Bytes copy(byte[] bytes) {
        if (bytes.length > LARGEST) {
            throw new IllegalStateException("more than %d bytes".formatted(LARGEST));
        }
        return Bytes.copyOf(bytes);
    }

    private void add(RuleAction action) {
        if (actions.size() >= MOST_ACTIONS) {
            throw new IllegalStateException("more than %d actions".formatted(MOST_ACTIONS));
        }
        actions.add(action);
    }
}
