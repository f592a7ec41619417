package kontor.local;

import kontor.local.cli.KontorCommand;

/** The program behind {@code ./kontor}. */
public final class Kontor {

    private Kontor() {}

    public static void main(String[] arguments) {
        System.exit(KontorCommand.execute(arguments));
    }
}
