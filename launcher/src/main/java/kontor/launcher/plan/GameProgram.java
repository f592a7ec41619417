package kontor.launcher.plan;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kontor.lab.LabInstance;

/**
 * A program that is played as a game of a lab: in the game's namespace and control group, as a user
 * who is not root maybe. Pure: says what is to be run.
 *
 * @param game whose place it takes
 * @param number 1, 2, 3 ... in the order of the lab
 * @param namespace the game's
 * @param group the control group by which the game is frozen; empty where there are none
 * @param user as whom it runs; empty: as who starts it
 */
public record GameProgram(
        LabInstance game, int number, String namespace, Optional<Path> group, Optional<User> user) {

    /** VNC's own numbering of displays. */
    private static final int FIRST_PORT = 5900;

    private static final int DISPLAYS = 1000;

    /** Its arguments are the screen's words in one, and the game's; the screen says its number. */
    private static final String SESSION =
            """
            ready=$(mktemp) || exit 70
            $1 -displayfd 3 3>"$ready" </dev/null >/dev/null 2>&1 &
            screen=$!
            shift
            tries=0
            until [ -s "$ready" ]; do
                tries=$((tries + 1))
                if [ "$tries" -gt 200 ] || ! kill -0 "$screen" 2>/dev/null; then
                    echo 'kontor: the screen did not come up' >&2
                    rm -f "$ready"
                    kill "$screen" 2>/dev/null
                    exit 70
                fi
                sleep 0.1
            done
            rm -f "$ready"
            "$@"
            status=$?
            kill "$screen"
            exit "$status"
            """;

    /** A line of /etc/passwd. */
    public record User(String name, String uid, String gid, String home) {

        /** The user of a name; empty if no line is that one's. */
        public static Optional<User> in(List<String> lines, String name) {
            return lines.stream()
                    .map(line -> line.split(":", -1))
                    .filter(fields -> fields.length > 5 && fields[0].equals(name))
                    .findFirst()
                    .map(fields -> new User(fields[0], fields[2], fields[3], fields[5]));
        }
    }

    /**
     * What to run.
     *
     * @param words program and arguments; {game}, {n} and {address} in them are this game's
     */
    public List<String> command(List<String> words) {
        List<String> command = new ArrayList<>(group.map(GameProgram::into).orElse(List.of()));
        command.addAll(GameNetworks.within(namespace));
        user.ifPresent(who ->
                command.addAll(
                        List.of(
                                "setpriv",
                                "--reuid=" + who.uid(),
                                "--regid=" + who.gid(),
                                "--init-groups")));
        words.forEach(word -> command.add(own(word)));
        return List.copyOf(command);
    }

    /**
     * What is added to its environment.
     *
     * @param wanted by the user; {game}, {n} and {address} in the values are this game's
     * @param screen whether it has one of its own
     * @throws IllegalArgumentException if it shall have a screen and the lab file has no place
     */
    public Map<String, String> environment(Map<String, String> wanted, boolean screen) {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("KONTOR_GAME", game.name().value());
        environment.put("KONTOR_ADDRESS", game.address().getHostAddress());
        user.ifPresent(who -> {
            environment.put("HOME", who.home());
            environment.put("USER", who.name());
            environment.put("LOGNAME", who.name());
        });
        if (screen) {
            environment.put("DISPLAY", ":" + display());
        }
        wanted.forEach((name, value) -> environment.put(name, own(value)));
        return environment;
    }

    /**
     * The X server that draws into memory and is looked at by VNC, in the game's namespace at the
     * port of the lab file's {@code vnc}.
     *
     * @param geometry WIDTHxHEIGHT
     */
    public List<String> screen(String geometry) {
        return List.of(
                "Xtigervnc",
                ":" + display(),
                "-geometry",
                geometry,
                "-depth",
                "24",
                "-rfbport",
                Integer.toString(vnc().getPort()),
                "-localhost",
                "-SecurityTypes",
                "None",
                "-AlwaysShared",
                "-extension",
                "MIT-SHM");
    }

    /**
     * The same as {@link #command}, with a screen: one tree of processes, whose root starts the
     * screen, waits until programs can draw on it, runs the program, and ends the screen when that
     * has ended. So both can be written to disk as one.
     *
     * @param screen as {@link #screen} has it
     * @param screenGroup of root and screen, which go on while the game is frozen
     */
    public List<String> session(
            List<String> screen, Optional<Path> screenGroup, List<String> words) {
        List<String> command =
                new ArrayList<>(screenGroup.map(GameProgram::into).orElse(List.of()));
        command.addAll(GameNetworks.within(namespace));
        command.addAll(List.of("sh", "-c", SESSION, "sh", String.join(" ", screen)));
        command.addAll(command(words));
        return List.copyOf(command);
    }

    /** Where its screen is looked at. */
    public InetSocketAddress vnc() {
        InetSocketAddress vnc =
                game.vnc()
                        .orElseThrow(() ->
                                new IllegalArgumentException(
                                        "instance %s has no 'vnc' in the lab file, where a screen"
                                                        .formatted(game.name())
                                                + " could be"));
        if (!vnc.getAddress().isLoopbackAddress()) {
            throw new IllegalArgumentException(
                    "'vnc' of instance %s is %s; screens are made on 127.0.0.1 only"
                            .formatted(game.name(), vnc.getAddress().getHostAddress()));
        }
        return vnc;
    }

    private int display() {
        int port = vnc().getPort();
        return port >= FIRST_PORT && port < FIRST_PORT + DISPLAYS ? port - FIRST_PORT : port;
    }

    private String own(String word) {
        return word.replace("{game}", game.name().value())
                .replace("{n}", Integer.toString(number))
                .replace("{address}", game.address().getHostAddress());
    }

    /** Puts the program behind it into a control group; it stays the same process. */
    private static List<String> into(Path group) {
        return List.of(
                "sh",
                "-c",
                "echo $$ >\"$0\" && exec \"$@\"",
                group.resolve("cgroup.procs").toString());
    }
}
