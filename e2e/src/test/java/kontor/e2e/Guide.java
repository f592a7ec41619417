package kontor.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The commands of a guide: its blocks of {@code sh} in their order, each with what the block of
 * {@code text} right behind it promises.
 */
record Guide(List<Step> steps) {

    private static final String SHELL = "```sh";
    private static final String PROMISE = "```text";
    private static final String END = "```";
    private static final String ANYTHING = "…";

    /**
     * @param commands as they stand, lines in their order
     * @param promises lines of the output, in their order
     */
    record Step(List<String> commands, List<String> promises) {

        boolean begins(String command) {
            return commands.getFirst().startsWith(command);
        }

        /** Returns the promised lines that these do not hold, one behind the other. */
        List<String> broken(List<String> output) {
            List<String> broken = new ArrayList<>();
            int next = 0;
            for (String promise : promises) {
                int at = next;
                while (at < output.size() && !output.get(at).matches(pattern(promise))) {
                    at++;
                }
                if (at == output.size()) {
                    broken.add(promise);
                } else {
                    next = at + 1;
                }
            }
            return broken;
        }

        private static String pattern(String promise) {
            return Arrays.stream(promise.split(ANYTHING, -1))
                    .map(java.util.regex.Pattern::quote)
                    .collect(Collectors.joining(".*"));
        }
    }

    static Guide read(Path file) throws IOException {
        List<Step> steps = new ArrayList<>();
        List<String> lines = Files.readAllLines(file);
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).equals(SHELL)) {
                List<String> commands = block(lines, i);
                i += commands.size() + 1;
                List<String> promises =
                        i + 1 < lines.size() && lines.get(i + 1).equals(PROMISE)
                                ? block(lines, i + 1)
                                : List.of();
                steps.add(new Step(commands, promises));
            }
        }
        return new Guide(steps);
    }

    private static List<String> block(List<String> lines, int fence) {
        List<String> inside = lines.subList(fence + 1, lines.size());
        return List.copyOf(inside.subList(0, inside.indexOf(END)));
    }
}
