package kontor.filters.evaluation;

import kontor.filters.expression.Condition;
import kontor.filters.expression.Relation;
import kontor.filters.expression.Value;

/** How values of one type compare: numbers by amount, texts by code points, bytes unsigned. */
public final class Comparisons {

    private Comparisons() {}

    static boolean holds(Value left, Relation relation, Value right) {
        if (right instanceof Value.Address network && network.isNetwork()) {
            return inNetwork(left, network) == (relation == Relation.EQUAL);
        }
        if (left instanceof Value.Address network && network.isNetwork()) {
            return inNetwork(right, network) == (relation == Relation.EQUAL);
        }
        return relation.holds(compare(left, right));
    }

    static boolean within(Value value, Condition.Range range) {
        if (range.low() instanceof Value.Address network && network.isNetwork()) {
            return inNetwork(value, network);
        }
        return compare(range.low(), value) <= 0 && compare(value, range.high()) <= 0;
    }

    private static boolean inNetwork(Value value, Value.Address network) {
        return value instanceof Value.Address address
                && new Value.Address(address.bits(), network.prefix()).bits() == network.bits();
    }

    /**
     * Below, at or above 0, as the first is below, equal to or above the second.
     *
     * @throws IllegalArgumentException if they are of different kinds
     */
    public static int compare(Value left, Value right) {
        return switch (left) {
            case Value.Numeric(var a) when right instanceof Value.Numeric(var b) -> a.compareTo(b);
            case Value.Text(var a) when right instanceof Value.Text(var b) -> byCodePoints(a, b);
            case Value.Octets(var a) when right instanceof Value.Octets(var b) -> a.compareTo(b);
            case Value.Flag(var a) when right instanceof Value.Flag(var b) -> Boolean.compare(a, b);
            case Value.Address a when right instanceof Value.Address b ->
                    Integer.compareUnsigned(a.bits(), b.bits());
            case Value.Time(var a) when right instanceof Value.Time(var b) -> Long.compare(a, b);
            default -> throw new IllegalArgumentException(left + " and " + right);
        };
    }

    /** As the bytes of UTF-8 compare: a surrogate stands for more than any other character. */
    private static int byCodePoints(String left, String right) {
        int common = Math.min(left.length(), right.length());
        for (int i = 0; i < common; i++) {
            char a = left.charAt(i);
            char b = right.charAt(i);
            if (a != b) {
                boolean highA = Character.isSurrogate(a);
                boolean highB = Character.isSurrogate(b);
                return highA == highB ? Character.compare(a, b) : highA ? 1 : -1;
            }
        }
        return Integer.compare(left.length(), right.length());
    }
}
