package kontor.analysis.kaitai;

import java.util.List;
import java.util.Map;

/** What the code has noted about a structure: where each member begins and ends. */
record Marks(
        Map<String, Integer> start,
        Map<String, Integer> end,
        Map<String, List<Integer>> starts,
        Map<String, List<Integer>> ends) {

    /**
     * For an instance of a class of the user's file: live maps, in which instances appear when they
     * are read.
     */
    @SuppressWarnings("unchecked")
    static Marks of(Object struct) {
        return new Marks(
                (Map<String, Integer>) field(struct, "_attrStart"),
                (Map<String, Integer>) field(struct, "_attrEnd"),
                (Map<String, List<Integer>>) field(struct, "_arrStart"),
                (Map<String, List<Integer>>) field(struct, "_arrEnd"));
    }

    private static Object field(Object struct, String name) {
        try {
            return struct.getClass().getField(name).get(struct);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("compiled with --debug, so it has " + name, e);
        }
    }
}
