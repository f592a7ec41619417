package kontor.launcher.stack;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import kontor.lab.Lab;
import kontor.lab.LabInstance;
import kontor.launcher.netns.ScreenRelay;
import kontor.launcher.plan.GameNetworks;

/** The screens of a lab whose games are apart, each carried out of its game's namespace. */
final class StackScreens implements AutoCloseable {

    private final List<ScreenRelay> relays = new ArrayList<>();

    private StackScreens() {}

    /**
     * Opens those that the lab file gives an address of loopback.
     *
     * @param apart whether the games are apart; if not, there is nothing to carry
     * @param log receives which cannot be
     */
    static StackScreens of(Lab lab, boolean apart, Consumer<String> log) {
        StackScreens screens = new StackScreens();
        for (LabInstance game : apart ? lab.instances() : List.<LabInstance>of()) {
            Optional<InetSocketAddress> vnc =
                    game.vnc().filter(address -> address.getAddress().isLoopbackAddress());
            if (vnc.isPresent()) {
                try {
                    screens.relays.add(
                            ScreenRelay.open(vnc.get(), GameNetworks.namespace(lab, game)));
                } catch (IOException e) {
                    log.accept(
                            "the screen of %s is not carried to %s, what listens there is seen: %s"
                                    .formatted(game.name(), vnc.get(), e.getMessage()));
                }
            }
        }
        return screens;
    }

    @Override
    public void close() throws IOException {
        for (ScreenRelay relay : relays) {
            relay.close();
        }
    }
}
