package kontor.packetrules;

/**
 * Says what becomes of one packet for one recipient. Needs a public constructor without parameters.
 *
 * <p>A function of the packet: nothing may be remembered from one to the next. Steps and allocation
 * of each call are bounded. A call that goes beyond, or throws, costs its own packet only: that
 * goes on unchanged.
 */
public interface PacketRule {

    /** Says it by calls of the ruling; without any the packet goes on as it is. */
    void on(PacketView packet, Ruling ruling);
}
