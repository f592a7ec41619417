package kontor.launcher.supervision;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The running processes: one member in charge for each name, in the order of the plan, and at most
 * one beside it. Lives are numbered per name.
 */
final class Roster {

    private final Map<String, Member> inCharge = new LinkedHashMap<>();
    private final Map<String, Member> beside = new HashMap<>();
    private final Map<String, Integer> lives = new HashMap<>();

    void add(Member member) {
        inCharge.put(member.name(), member);
    }

    /**
     * @throws IllegalArgumentException if there is none of that name
     */
    Member get(String name) {
        if (!inCharge.containsKey(name)) {
            throw new IllegalArgumentException(
                    "no process named '%s'; available: %s".formatted(name, inCharge.keySet()));
        }
        return requireNonNull(inCharge.get(name));
    }

    boolean has(String name) {
        return inCharge.containsKey(name);
    }

    Optional<Member> beside(String name) {
        return Optional.ofNullable(beside.get(name));
    }

    void setBeside(Member member) {
        beside.put(member.name(), member);
    }

    void drop(Member member) {
        beside.remove(member.name(), member);
    }

    /** The one beside is in charge from now on, and the other way round. */
    Member swap(String name) {
        Member successor = requireNonNull(beside.get(name));
        Member predecessor = get(name);
        successor.standing = Standing.IN_CHARGE;
        predecessor.standing = Standing.PREDECESSOR;
        inCharge.put(name, successor);
        beside.put(name, predecessor);
        return predecessor;
    }

    int nextLife(String name) {
        return lives.merge(name, 1, Integer::sum);
    }

    /** Empty if that life is over, and another one in its place. */
    Optional<Member> of(String name, int life) {
        return Stream.concat(Stream.of(get(name)), beside(name).stream())
                .filter(member -> member.life == life)
                .findFirst();
    }

    Optional<Member> ofProcess(String processId) {
        return all().stream().filter(member -> processId.equals(member.processId)).findFirst();
    }

    /** Those in charge. */
    List<Member> leaders() {
        return List.copyOf(inCharge.values());
    }

    /** All, each followed by the one beside it. */
    List<Member> all() {
        return inCharge.values().stream()
                .flatMap(member -> {
                    @Nullable Member other = beside.get(member.name());
                    return other == null ? Stream.of(member) : Stream.of(member, other);
                })
                .toList();
    }
}
