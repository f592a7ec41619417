package kontor.launcher.plan;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kontor.lab.Lab;
import kontor.lab.LabInstance;
import org.jspecify.annotations.Nullable;

/**
 * The networks of a lab whose games are apart: for each game a network namespace, and one for its
 * adapter, which holds the addresses of all others on a virtual Ethernet pair to it. The adapter
 * has a second pair, the uplink, to where the rest of the stack is. Pure: says what is to be made
 * and how; {@code kontor.launcher.netns} makes it.
 *
 * <p>All names begin with {@code kontor.LAB.}, those of devices, which have 15 characters at most,
 * with {@code kt} and a hash of the lab's name.
 *
 * @param subnet third byte of the uplinks' addresses, 169.254.SUBNET.1 on the stack's side
 * @param groups where control groups are made; null on a machine without
 */
public record GameNetworks(Lab lab, int subnet, @Nullable Path groups) {

    /** Where adapters in namespaces find the broker, on the stack's side of their uplinks. */
    public static final int BROKER_PORT = 29_092;

    /** Names of the devices inside; outside nobody sees them. */
    static final String GAME_DEVICE = "eth0";

    static final String ADAPTER_DEVICE = "lan";
    static final String UPLINK_DEVICE = "uplink";

    private static final int FIRST_ADAPTER = 11;
    private static final int ADDRESS_BITS = 32;
    private static final int USUAL_PREFIX = 24;

    /** The addresses of cloud providers' own services are in this one. */
    private static final int NOT_OURS = 169;

    private static final int SUBNETS = 254;

    /**
     * A long stop of one side would let TCP wait up to two minutes before it tries again, and give
     * up in the end. Older kernels lack the first.
     */
    private static final String QUICK_RETRIES =
            "echo 1000 >/proc/sys/net/ipv4/tcp_rto_max_ms;"
                    + " echo 200 >/proc/sys/net/ipv4/tcp_retries2; true";

    /** The subnets that a lab may have, the likeliest first. */
    public static List<Integer> subnets(Lab lab) {
        int first = Math.floorMod(lab.name().value().hashCode(), SUBNETS);
        return Stream.iterate(first, n -> (n + 1) % SUBNETS)
                .limit(SUBNETS)
                .map(n -> n + 1)
                .filter(n -> n != NOT_OURS)
                .toList();
    }

    /** Why games of this lab cannot be in namespaces, as a sentence; empty if they can. */
    public static Optional<String> refusal(Lab lab) {
        for (LabInstance instance : lab.instances()) {
            if (instance.addressIsTheFirstToSpeak()) {
                return Optional.of(
                        "instance %s has 'address: first'; in a namespace it needs one to begin with"
                                .formatted(instance.name()));
            }
            Optional<InetAddress> odd =
                    addresses(instance)
                            .filter(address ->
                                    address.isLoopbackAddress() || address.getAddress().length != 4)
                            .findFirst();
            if (odd.isPresent()) {
                return Optional.of(
                        "%s of instance %s cannot be on a virtual LAN; addresses like 10.77.0.1 can,"
                                        .formatted(odd.get().getHostAddress(), instance.name())
                                + " see launcher/labs/lan.yaml");
            }
        }
        return Optional.empty();
    }

    /** The namespace that a game of a lab is in. */
    public static String namespace(Lab lab, LabInstance instance) {
        return "kontor.%s.%s".formatted(lab.name(), instance.name());
    }

    /** The namespace that a game is in. */
    public String namespace(LabInstance instance) {
        return namespace(lab, instance);
    }

    /** The namespace that its adapter is in. */
    public String adapterNamespace(LabInstance instance) {
        return namespace(instance) + ".adapter";
    }

    /** All namespaces. */
    public List<String> namespaces() {
        return lab.instances().stream()
                .flatMap(instance -> Stream.of(namespace(instance), adapterNamespace(instance)))
                .toList();
    }

    /** The stack's ends of the uplinks. */
    public List<String> devices() {
        return lab.instances().stream().map(this::device).toList();
    }

    /** The control group of a game, which its adapter freezes; empty on a machine without. */
    public Optional<Path> group(LabInstance instance) {
        return Optional.ofNullable(groups).map(root -> root.resolve(namespace(instance)));
    }

    /** The control group of a game's screen, which goes on while the game is frozen. */
    public Optional<Path> screenGroup(LabInstance instance) {
        return Optional.ofNullable(groups)
                .map(root -> root.resolve(namespace(instance) + ".screen"));
    }

    /** All control groups. */
    public List<Path> allGroups() {
        return lab.instances().stream()
                .flatMap(instance ->
                        Stream.of(group(instance), screenGroup(instance)).flatMap(Optional::stream))
                .toList();
    }

    /** Where adapters find the broker; the stack's side of every uplink. */
    public InetAddress brokerAddress() {
        return uplinkAddress(1);
    }

    /** The same with the port: ADDRESS:PORT. */
    public String brokerPlace() {
        return brokerAddress().getHostAddress() + ":" + BROKER_PORT;
    }

    /** Where the rest of the stack finds an adapter. */
    public InetAddress adapterAddress(LabInstance instance) {
        return uplinkAddress(FIRST_ADAPTER + lab.instances().indexOf(instance));
    }

    /** Puts the program behind it into a namespace; it stays the same process. */
    public static List<String> within(String namespace) {
        // Not ip netns exec: that hides the control groups.
        return List.of("nsenter", "--net=/run/netns/" + namespace);
    }

    /** What makes all namespaces and devices, in this order. */
    public List<List<String>> commands() {
        List<List<String>> commands = new ArrayList<>();
        for (LabInstance instance : lab.instances()) {
            String game = namespace(instance);
            String adapter = adapterNamespace(instance);
            commands.add(ip("netns add " + game));
            commands.add(ip("netns add " + adapter));
            commands.add(ip("-n %s link set lo up".formatted(game)));
            commands.add(ip("-n %s link set lo up".formatted(adapter)));
            lan(instance, game, adapter, commands);
            uplink(instance, adapter, commands);
            List<String> retries = new ArrayList<>(within(adapter));
            retries.addAll(List.of("sh", "-c", QUICK_RETRIES));
            commands.add(List.copyOf(retries));
        }
        return List.copyOf(commands);
    }

    private static void lan(
            LabInstance instance, String game, String adapter, List<List<String>> commands) {
        commands.add(
                ip(
                        "-n %s link add %s type veth peer name %s netns %s"
                                .formatted(adapter, ADAPTER_DEVICE, GAME_DEVICE, game)));
        for (InetAddress peer : instance.peers().values()) {
            commands.add(address(adapter, ADAPTER_DEVICE, peer, instance));
        }
        for (InetAddress own : instance.addresses()) {
            commands.add(address(game, GAME_DEVICE, own, instance));
        }
        commands.add(ip("-n %s link set %s up".formatted(adapter, ADAPTER_DEVICE)));
        commands.add(ip("-n %s link set %s up".formatted(game, GAME_DEVICE)));
        // Without it 255.255.255.255 is unreachable.
        commands.add(ip("-n %s route add default dev %s".formatted(game, GAME_DEVICE)));
    }

    private void uplink(LabInstance instance, String adapter, List<List<String>> commands) {
        String here = device(instance);
        String stack = brokerAddress().getHostAddress();
        String there = adapterAddress(instance).getHostAddress();
        commands.add(
                ip(
                        "link add %s type veth peer name %s netns %s"
                                .formatted(here, UPLINK_DEVICE, adapter)));
        commands.add(ip("address add %s peer %s dev %s".formatted(stack, there, here)));
        commands.add(ip("link set %s up".formatted(here)));
        commands.add(
                ip(
                        "-n %s address add %s peer %s dev %s"
                                .formatted(adapter, there, stack, UPLINK_DEVICE)));
        commands.add(ip("-n %s link set %s up".formatted(adapter, UPLINK_DEVICE)));
    }

    private static List<String> address(
            String namespace, String device, InetAddress address, LabInstance instance) {
        String broadcast =
                instance.broadcast().map(to -> "broadcast " + to.getHostAddress() + " ").orElse("");
        return ip(
                "-n %s address add %s/%d %sdev %s"
                        .formatted(
                                namespace,
                                address.getHostAddress(),
                                prefixLength(instance),
                                broadcast,
                                device));
    }

    /** The smallest network that has all addresses in it; with a broadcast address its own. */
    static int prefixLength(LabInstance instance) {
        List<Integer> all = addresses(instance).map(GameNetworks::bits).toList();
        int first = all.getFirst();
        int common =
                all.stream()
                        .mapToInt(other -> Integer.numberOfLeadingZeros(first ^ other))
                        .min()
                        .orElse(ADDRESS_BITS);
        return Math.min(common, instance.broadcast().isPresent() ? common : USUAL_PREFIX);
    }

    private static Stream<InetAddress> addresses(LabInstance instance) {
        return Stream.of(
                        instance.addresses().stream(),
                        instance.peers().values().stream(),
                        instance.broadcast().stream())
                .flatMap(stream -> stream);
    }

    private static int bits(InetAddress address) {
        int bits = 0;
        for (byte each : address.getAddress()) {
            bits = bits << Byte.SIZE | Byte.toUnsignedInt(each);
        }
        return bits;
    }

    private String device(LabInstance instance) {
        return "kt%08x.%d"
                .formatted(lab.name().value().hashCode(), indexOf(instance))
                .toLowerCase(Locale.ROOT);
    }

    private int indexOf(LabInstance instance) {
        return lab.instances().indexOf(instance) + 1;
    }

    private InetAddress uplinkAddress(int machine) {
        return InetAddress.ofLiteral("169.254.%d.%d".formatted(subnet, machine));
    }

    private static List<String> ip(String arguments) {
        return Stream.concat(Stream.of("ip"), Stream.of(arguments.split(" ", -1)))
                .collect(Collectors.toUnmodifiableList());
    }
}
