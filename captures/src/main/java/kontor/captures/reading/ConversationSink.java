package kontor.captures.reading;

/** Receives what is found out of a game's conversation, in order of time. */
public interface ConversationSink {

    /** Something that the game did, or that was done to it: shown by the packet that is read. */
    void deed(boolean byGame, Deed deed);

    /**
     * What a packet is in the conversation; once for each that has a part in it, some time after it
     * was read.
     *
     * @param connection its number; negative for datagrams and what does not count
     */
    void role(Trace packet, int connection, FrameRole.Kind kind);
}
