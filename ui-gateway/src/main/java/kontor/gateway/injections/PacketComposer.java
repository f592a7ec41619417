package kontor.gateway.injections;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import kontor.gateway.http.ProblemException;
import kontor.gateway.http.ProblemKind;
import kontor.gateway.injections.InjectionArchive.Flow;
import kontor.gateway.injections.InjectionArchive.Packet;
import kontor.gateway.injections.InjectionPlan.Copy;
import kontor.gateway.injections.InjectionPlan.Step;
import kontor.vocabulary.Bytes;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Makes the packets that a request wants: from scratch, or of what is stored. Blocks. */
@Component
class PacketComposer {

    private static final int MOST_STEPS = 10_000;

    private final InjectionArchive archive;

    PacketComposer(InjectionArchive archive) {
        this.archive = archive;
    }

    /**
     * The packets, one at least.
     *
     * @param session in which they are looked for, unless the request names another
     * @param from the instance that seems to send them
     * @param stream whether only whole messages will do
     * @throws ProblemException with what is wrong
     */
    List<Step> steps(UUID session, InjectionRequest request, String from, boolean stream) {
        if ((request.parts() == null) == (request.stored() == null)) {
            throw ProblemKind.BAD_BODY.with("needs either 'parts' or 'stored'");
        }
        List<Step> steps = new ArrayList<>();
        if (request.stored() != null) {
            steps.addAll(stored(session, request.stored(), from, stream));
        } else if (request.parts() != null) {
            boolean answers = request.answer() != null;
            request.parts().forEach(part -> steps.add(part(session, part, answers)));
        }
        if (steps.isEmpty() || steps.size() > MOST_STEPS) {
            throw ProblemKind.INJECTION_REFUSED.with(
                    steps.isEmpty() ? "there is nothing to send" : "more than 10,000 packets");
        }
        return steps;
    }

    private Step part(UUID running, InjectionRequest.Part part, boolean answers) {
        Bytes bytes = bytes(running, part);
        List<Copy> copies = new ArrayList<>();
        for (InjectionRequest.Edit edit :
                part.edits() == null ? List.<InjectionRequest.Edit>of() : part.edits()) {
            InjectionRequest.@Nullable Copy copy = edit.copy();
            if ((edit.bytes() == null) == (copy == null)) {
                throw ProblemKind.BAD_BODY.with("an edit needs either 'bytes' or 'copy'");
            }
            if (edit.bytes() != null) {
                Bytes others = hex(edit.bytes());
                int at = place(bytes, edit.at(), others.length());
                bytes = InjectionPlan.replaced(bytes, at, others);
            } else if (copy != null) {
                if (!answers) {
                    throw ProblemKind.BAD_BODY.with("'copy' needs an 'answer' to copy from");
                }
                int at = place(bytes, edit.at(), copy.length());
                copies.add(new Copy(at, copy.from(), copy.length()));
            }
        }
        int after = part.afterMillis() == null ? 0 : part.afterMillis();
        if (after < 0) {
            throw ProblemKind.BAD_BODY.with("'afterMillis' is %d".formatted(after));
        }
        return new Step(after, bytes, copies);
    }

    private Bytes bytes(UUID running, InjectionRequest.Part part) {
        if ((part.hex() == null) == (part.event() == null)) {
            throw ProblemKind.BAD_BODY.with("a part needs either 'hex' or 'event'");
        }
        if (part.hex() != null) {
            return hex(part.hex());
        }
        UUID session = part.session() == null ? running : part.session();
        long event = part.event() == null ? 0 : part.event();
        if (part.message() == null) {
            return archive.payload(session, event)
                    .orElseThrow(() -> missing(session, event, "with a payload"));
        }
        return archive.message(session, event, part.message())
                .orElseThrow(() -> missing(session, event, "with a message " + part.message()));
    }

    private static ProblemException missing(UUID session, long event, String what) {
        return ProblemKind.NO_SUCH_EVENT.with(
                "session %s has no event %d %s".formatted(session, event, what));
    }

    /** Where so many bytes are. */
    private static int place(Bytes bytes, int at, int length) {
        int place = at < 0 ? bytes.length() + at : at;
        if (place < 0 || length < 1 || length > bytes.length() - place) {
            throw ProblemKind.BAD_BODY.with(
                    "%d bytes at %d are not inside of %d".formatted(length, at, bytes.length()));
        }
        return place;
    }

    private static Bytes hex(String digits) {
        try {
            return Bytes.owning(HexFormat.of().parseHex(digits.replaceAll("\\s", "")));
        } catch (IllegalArgumentException e) {
            throw ProblemKind.BAD_BODY.with("not hexadecimal: " + e.getMessage());
        }
    }

    private List<Step> stored(
            UUID running, InjectionRequest.Stored stored, String from, boolean stream) {
        double speed = stored.speed() == null ? 1 : stored.speed();
        if (!(speed > 0)) {
            throw ProblemKind.BAD_BODY.with("'speed' has to be above 0");
        }
        UUID session = stored.session() == null ? running : stored.session();
        String sender = stored.sender() == null ? from : stored.sender();
        Flow flow = flow(session, stored.flow());
        List<Packet> packets =
                archive.packets(
                        session,
                        stored.flow(),
                        isOpener(flow, sender),
                        stored.first(),
                        stored.last(),
                        MOST_STEPS + 1);
        List<Bytes> payloads = packets.stream().map(Packet::payload).toList();
        return timed(packets, stream ? Messages.whole(payloads) : payloads, stream, speed);
    }

    private static List<Step> timed(
            List<Packet> packets, List<Bytes> ready, boolean stream, double speed) {
        List<Step> steps = new ArrayList<>();
        long waiting = 0;
        for (int i = 0; i < packets.size(); i++) {
            if (i > 0) {
                waiting +=
                        Duration.between(packets.get(i - 1).at(), packets.get(i).at()).toMillis();
            }
            if (!stream || !ready.get(i).isEmpty()) {
                // Two adapters' clocks may differ, and a rest in front of the first is none.
                long pause = steps.isEmpty() ? 0 : Math.max(0, waiting);
                steps.add(new Step((long) (pause / speed), ready.get(i), List.of()));
                waiting = 0;
            }
        }
        return steps;
    }

    /**
     * A flow of a session.
     *
     * @throws ProblemException if it has none with this number
     */
    Flow flow(UUID session, int flow) {
        Optional<Flow> found = archive.flow(session, flow);
        return found.orElseThrow(() ->
                ProblemKind.INJECTION_REFUSED.with(
                        "session %s has no flow %d".formatted(session, flow)));
    }

    /**
     * Whether an instance has opened a flow; false if it is at the other end.
     *
     * @throws ProblemException if it is at neither
     */
    static boolean isOpener(Flow flow, String instance) {
        if (flow.opener().equals(instance)) {
            return true;
        }
        if (instance.equals(flow.target())) {
            return false;
        }
        throw ProblemKind.INJECTION_REFUSED.with(
                "%s is at neither end of flow %d".formatted(instance, flow.number()));
    }
}
