package kontor.adapter.game;

import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.epoll.Native;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * Keeps a connection that rests from reading in epoll's set.
 *
 * <p>Netty 4.2.18 takes a descriptor out of the set when nothing is waited for, which happens to a
 * connection that neither reads nor writes once its end was announced; but it does not remember
 * having done so, and the next wish, to read or to write, fails with "No such file or directory". A
 * flag that is always set prevents that. Edge triggering is the one that costs nothing: a resting
 * connection has nothing to be told again and again, and writing works with it as well.
 *
 * <p>The flags are not accessible, hence the method handles; if a later Netty has other methods,
 * the first connection fails loudly.
 */
final class EpollInterest {

    private static final MethodHandle SET_FLAG = flagMethod("setFlag");
    private static final MethodHandle CLEAR_FLAG = flagMethod("clearFlag");

    private EpollInterest() {}

    /** On the event loop. */
    static void edgeTriggered(EpollSocketChannel channel, boolean on) {
        if (!channel.isOpen()) {
            return;
        }
        try {
            (on ? SET_FLAG : CLEAR_FLAG).invoke(channel, Native.EPOLLET);
        } catch (Throwable e) {
            throw new IllegalStateException("cannot change what epoll tells of " + channel, e);
        }
    }

    private static MethodHandle flagMethod(String name) {
        try {
            Class<?> declaring = EpollSocketChannel.class.getSuperclass().getSuperclass();
            return MethodHandles.privateLookupIn(declaring, MethodHandles.lookup())
                    .findVirtual(declaring, name, MethodType.methodType(void.class, int.class));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this Netty's epoll channels have no " + name, e);
        }
    }
}
