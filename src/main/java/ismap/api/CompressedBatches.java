package ismap.api;

import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.http.netty.channel.ChannelPipelineCustomizer;
import io.micronaut.http.server.netty.NettyServerCustomizer;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the framework from unpacking batches: a piece of 64 KiB may unpack to 64 MiB, and nobody could be told to wait. Bodies of other
 * calls are measured as they unpack, and go past.
 */
@Singleton
final class CompressedBatches implements BeanCreatedEventListener<NettyServerCustomizer.Registry> {

    /** What the request said in {@code Content-Encoding}. */
    static final String ENCODING = "Ismap-Content-Encoding";

    @Override
    public NettyServerCustomizer.Registry onCreated(BeanCreatedEvent<NettyServerCustomizer.Registry> event) {
        event.getBean().register(new Customizer(null));
        return event.getBean();
    }

    private record Customizer(@Nullable Channel channel) implements NettyServerCustomizer {
        @Override
        public NettyServerCustomizer specializeForChannel(Channel connection, ChannelRole role) {
            return new Customizer(connection);
        }

        @Override
        public void onStreamPipelineBuilt() {
            if (channel != null) {
                channel.pipeline()
                        .addBefore(
                                ChannelPipelineCustomizer.HANDLER_MICRONAUT_INBOUND,
                                "compressed-batches",
                                new Renaming());
            }
        }
    }

    private static final class Renaming extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (message instanceof HttpRequest request
                    && request.uri().split("\\?", 2)[0].endsWith("/batch")
                    && request.headers().contains(HttpHeaderNames.CONTENT_ENCODING)) {
                request.headers().set(ENCODING, request.headers().get(HttpHeaderNames.CONTENT_ENCODING));
                request.headers().remove(HttpHeaderNames.CONTENT_ENCODING);
            }
            context.fireChannelRead(message);
        }
    }
}
