package kontor.adapter.game;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.ReferenceCountUtil;
import java.util.function.Consumer;
import kontor.adapter.relay.Input;
import kontor.vocabulary.Bytes;
import kontor.vocabulary.FlowReference;

/** Tells what happens on one connection, whichever side opened it. */
final class FlowHandler extends ChannelInboundHandlerAdapter {

    private final FlowReference flow;
    private final Transport transport;
    private final Consumer<Input> inputs;

    FlowHandler(FlowReference flow, Transport transport, Consumer<Input> inputs) {
        this.flow = flow;
        this.transport = transport;
        this.inputs = inputs;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        Bytes payload;
        try {
            payload = Bytes.owning(ByteBufUtil.getBytes((ByteBuf) message));
        } finally {
            ReferenceCountUtil.release(message);
        }
        inputs.accept(new Input.Received(flow, payload));
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event == ChannelInputShutdownEvent.INSTANCE) {
            transport.restFromReading((SocketChannel) context.channel(), true);
            inputs.accept(new Input.InputEnded(flow));
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        inputs.accept(new Input.Broken(flow, Failures.describe(cause)));
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        // Where it was closed in order, the relay has forgotten the flow by now.
        inputs.accept(new Input.Broken(flow, "the connection was closed"));
    }
}
