package myriad.server.variants;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** When what was written on the connections of a loop is flushed. */
class FlushBatchTest {

  private final FlushBatch batch = new FlushBatch();
  private final List<EmbeddedChannel> channels = new ArrayList<>();

  @AfterEach
  void close() {
    for (EmbeddedChannel channel : channels) {
      ChannelFuture _ = channel.close();
    }
  }

  @Test
  void flushesAllWhenTheLoopHasHandledItsEvents() {
    EmbeddedChannel one = writtenAndAdded();
    EmbeddedChannel other = writtenAndAdded();
    assertThat(flushed()).as("while the loop has others to read from").isEmpty();

    one.runPendingTasks();

    assertThat(flushed()).containsExactly(one, other);
  }

  @Test
  void flushesAtOnceWhenItIsFull() {
    for (int i = 0; i < FlushBatch.MOST_FLUSHES; i++) {
      assertThat(flushed()).isEmpty();
      writtenAndAdded();
    }

    assertThat(flushed()).hasSize(FlushBatch.MOST_FLUSHES);
  }

  @Test
  void flushesWhatCameBehindAFullBatchToo() {
    for (int i = 0; i < FlushBatch.MOST_FLUSHES + 1; i++) {
      writtenAndAdded();
    }

    channels.forEach(EmbeddedChannel::runPendingTasks);

    assertThat(flushed()).hasSize(FlushBatch.MOST_FLUSHES + 1);
  }

  private EmbeddedChannel writtenAndAdded() {
    EmbeddedChannel channel = new EmbeddedChannel(new ChannelInboundHandlerAdapter());
    channels.add(channel);
    ChannelHandlerContext context = channel.pipeline().lastContext();
    ChannelFuture _ = context.write("echo", context.voidPromise());
    batch.add(context);
    return channel;
  }

  private Stream<EmbeddedChannel> flushed() {
    return channels.stream().filter(channel -> !channel.outboundMessages().isEmpty());
  }
}
