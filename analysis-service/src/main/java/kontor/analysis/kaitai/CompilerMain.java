package kontor.analysis.kaitai;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;

/**
 * Keeps a command-line program warm: runs its main method once for each line of the standard input,
 * whose words are the arguments, with tabs between them. Answers with what the program has written
 * to its standard output: four bytes of length, then UTF-8. Ends with the standard input.
 *
 * <p>Runs in a process of its own and must not use any other class of ours.
 */
final class CompilerMain {

    private CompilerMain() {}

    /**
     * @param arguments the name of the program's main class
     */
    public static void main(String... arguments) throws IOException, ReflectiveOperationException {
        PrintStream answers = System.out;
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        System.setOut(new PrintStream(written, true, StandardCharsets.UTF_8));
        Method program = Class.forName(arguments[0]).getMethod("main", String[].class);
        BufferedReader orders =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        DataOutputStream out = new DataOutputStream(answers);
        for (String order = orders.readLine(); order != null; order = orders.readLine()) {
            written.reset();
            try {
                program.invoke(null, (Object) order.split("\t"));
            } catch (InvocationTargetException e) {
                written.reset();
                written.writeBytes(String.valueOf(e.getCause()).getBytes(StandardCharsets.UTF_8));
            }
            System.out.flush();
            byte[] answer = written.toByteArray();
            out.writeInt(answer.length);
            out.write(answer);
            out.flush();
        }
    }
}
