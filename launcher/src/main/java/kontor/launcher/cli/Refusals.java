package kontor.launcher.cli;

import kontor.launcher.stack.Refusal;

/** Says why nothing was started, and with which exit status that ends. */
final class Refusals {

    private Refusals() {}

    static int report(Console console, Refusal refusal) {
        return switch (refusal) {
            case Refusal.BadLab bad -> {
                console.error(bad.message());
                yield ExitStatus.USAGE;
            }
            case Refusal.BadSettings bad -> {
                console.error("kontor: " + bad.message());
                yield ExitStatus.USAGE;
            }
            case Refusal.NotBuilt _,
                    Refusal.NoNetworks _,
                    Refusal.AlreadyRunning _,
                    Refusal.DataNotWritable _,
                    Refusal.LeftOver _,
                    Refusal.PortsBusy _ -> {
                console.error("kontor: " + refusal.message());
                yield ExitStatus.FAILED;
            }
        };
    }
}
