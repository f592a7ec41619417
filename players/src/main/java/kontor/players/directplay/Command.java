package kontor.players.directplay;

/** The commands of DirectPlay 4 that the stand-in games know. */
public enum Command {
    ENUMSESSIONSREPLY(0x01),
    ENUMSESSIONS(0x02),
    REQUESTPLAYERID(0x05),
    REQUESTPLAYERREPLY(0x07),
    CREATEPLAYER(0x08),
    DELETEPLAYER(0x0B),
    ADDPLAYERTOGROUP(0x0D),
    DELETEPLAYERFROMGROUP(0x0E),
    ADDFORWARDREQUEST(0x13),
    PING(0x16),
    PINGREPLY(0x17),
    SUPERENUMPLAYERSREPLY(0x29),
    ADDFORWARD(0x2E),
    ADDFORWARDACK(0x2F),
    CREATEPLAYERVERIFY(0x38),
    /** None of these. */
    OTHER(-1);

    private final int number;

    Command(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    static Command of(int number) {
        for (Command command : values()) {
            if (command.number == number) {
                return command;
            }
        }
        return OTHER;
    }
}
