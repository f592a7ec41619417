package kontor.analysis.directplay;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import kontor.analysis.dissect.FieldDeclaration.NamedValue;
import kontor.analysis.dissect.WordView;

/** All commands, with the layouts of their bodies (docs/protocol/directplay4.md, "Commands"). */
final class Commands {

    private static final int HIGHEST = 0x38;

    private static final Map<Integer, Command> BY_CODE =
            Stream.of(
                            new Command(0x01, "ENUMSESSIONSREPLY", EnumSessionsReply::read),
                            new Command(0x02, "ENUMSESSIONS", EnumSessions::read),
                            new Command(0x03, "ENUMPLAYERSREPLY", EnumPlayersReply::readPacked),
                            new Command(0x04, "ENUMPLAYER", ShortLayouts::readNothing),
                            new Command(0x05, "REQUESTPLAYERID", RequestId::read),
                            new Command(0x06, "REQUESTGROUPID", RequestId::read),
                            new Command(0x07, "REQUESTPLAYERREPLY", RequestPlayerReply::read),
                            new Command(0x08, "CREATEPLAYER", Create::read),
                            new Command(0x09, "CREATEGROUP", Create::read),
                            new Command(0x0A, "PLAYERMESSAGE", ShortLayouts::readPlayerMessage),
                            new Command(0x0B, "DELETEPLAYER", Member::read),
                            new Command(0x0C, "DELETEGROUP", Member::read),
                            new Command(0x0D, "ADDPLAYERTOGROUP", Member::read),
                            new Command(0x0E, "DELETEPLAYERFROMGROUP", Member::read),
                            new Command(0x0F, "PLAYERDATACHANGED", DataChanged::readPlayer),
                            new Command(0x10, "PLAYERNAMECHANGED", NameChanged::readPlayer),
                            new Command(0x11, "GROUPDATACHANGED", DataChanged::readGroup),
                            new Command(0x12, "GROUPNAMECHANGED", NameChanged::readGroup),
                            new Command(0x13, "ADDFORWARDREQUEST", AddForwardRequest::read),
                            new Command(0x15, "PACKET", Fragment::read),
                            new Command(0x16, "PING", Ping::read),
                            new Command(0x17, "PINGREPLY", Ping::read),
                            new Command(0x18, "YOUAREDEAD", ShortLayouts::readNothing),
                            new Command(0x19, "PLAYERWRAPPER", ShortLayouts::readPlayerMessage),
                            new Command(
                                    0x1A, "SESSIONDESCCHANGED", SessionDescriptionChanged::read),
                            new Command(0x1C, "CHALLENGE", Security::readToken),
                            new Command(0x1D, "ACCESSGRANTED", Security::readAccessGranted),
                            new Command(0x1E, "LOGONDENIED", ShortLayouts::readNothing),
                            new Command(0x1F, "AUTHERROR", ShortLayouts::readResult),
                            new Command(0x20, "NEGOTIATE", Security::readToken),
                            new Command(0x21, "CHALLENGERESPONSE", Security::readToken),
                            new Command(0x22, "SIGNED", Security::readSigned),
                            new Command(0x24, "ADDFORWARDREPLY", ShortLayouts::readResult),
                            new Command(0x25, "ASK4MULTICAST", Multicast::read),
                            new Command(0x26, "ASK4MULTICASTGUARANTEED", Multicast::read),
                            new Command(0x27, "ADDSHORTCUTTOGROUP", Shortcut::read),
                            new Command(0x28, "DELETEGROUPFROMGROUP", Shortcut::read),
                            new Command(
                                    0x29,
                                    "SUPERENUMPLAYERSREPLY",
                                    EnumPlayersReply::readSuperPacked),
                            new Command(0x2B, "KEYEXCHANGE", Security::readKeyExchange),
                            new Command(0x2C, "KEYEXCHANGEREPLY", Security::readKeyExchange),
                            new Command(0x2D, "CHAT", Chat::read),
                            new Command(0x2E, "ADDFORWARD", Create::read),
                            new Command(0x2F, "ADDFORWARDACK", ShortLayouts::readForwarded),
                            new Command(0x30, "PACKET2_DATA", Fragment::read),
                            new Command(0x31, "PACKET2_ACK", Fragment::readAcknowledgement),
                            new Command(0x35, "IAMNAMESERVER", NameServer::read),
                            new Command(0x36, "VOICE", ShortLayouts::readVoice),
                            new Command(0x37, "MULTICASTDELIVERY", Multicast::read),
                            new Command(0x38, "CREATEPLAYERVERIFY", Create::read))
                    .collect(Collectors.toMap(Command::code, Function.identity()));

    /** Those that hold a message, some of them with a header of its own. */
    private static final Set<Integer> HOLDERS = Set.of(0x15, 0x19, 0x22, 0x25, 0x26, 0x30, 0x37);

    /** The same, each at its code's place: asked for in every message. */
    private static final List<Optional<Command>> FOUND =
            IntStream.rangeClosed(0, HIGHEST)
                    .mapToObj(code -> Optional.ofNullable(BY_CODE.get(code)))
                    .toList();

    private Commands() {}

    /** All of them, the lowest first. */
    static List<NamedValue> named() {
        return BY_CODE.values().stream()
                .map(command -> new NamedValue(command.code(), command.name()))
                .sorted(Comparator.comparingLong(NamedValue::value))
                .toList();
    }

    static boolean mayHoldMessages(int code) {
        return HOLDERS.contains(code);
    }

    static Optional<Command> find(long code) {
        return code >= 0 && code <= HIGHEST ? FOUND.get((int) code) : Optional.empty();
    }

    /** Its name, or its number where no name is assigned. */
    static String nameOf(long code) {
        Optional<Command> known = find(code);
        return known.isPresent() ? known.get().name() : "COMMAND_" + WordView.hex(code, 2);
    }
}
