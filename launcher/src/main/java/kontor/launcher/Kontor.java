package kontor.launcher;

import kontor.launcher.cli.KontorCommand;

/** The program behind {@code ./kontor}. */
public final class Kontor {

    private Kontor() {}

    public static void main(String[] arguments) {
        System.exit(KontorCommand.execute(arguments));
    }
}
