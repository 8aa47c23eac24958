package myriad.server.variants;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** When the echoes of a loop's connections are sent, and what becomes of those not taken. */
class SendBatchTest {

  private final List<Connection> connections = new ArrayList<>();
  private final EchoWriter writer =
      SendBatch.ofEachLoop((channel, bytes) -> ((Connection) channel).take(bytes));

  @AfterEach
  void close() {
    for (Connection connection : connections) {
      ChannelFuture _ = connection.close();
    }
  }

  @Test
  void sendsAllWhenTheLoopHasHandledItsEvents() {
    Connection one = new Connection();
    Connection other = new Connection();
    ByteBuf ofOne = one.receives("one");
    ByteBuf ofOther = other.receives("other");
    assertThat(one.sent.toString() + other.sent).as("while the loop has others to read").isEmpty();

    one.runPendingTasks();

    assertThat(one.sent).hasToString("one");
    assertThat(other.sent).hasToString("other");
    assertThat(ofOne.refCnt() + ofOther.refCnt()).as("references to what was read").isZero();
  }

  @Test
  void sendsAtOnceWhenItIsFull() {
    for (int i = 0; i < SendBatch.MOST_MESSAGES; i++) {
      assertThat(connections).allMatch(connection -> connection.sent.isEmpty());
      new Connection().receives("echo");
    }

    assertThat(connections).allMatch(connection -> connection.sent.toString().equals("echo"));
  }

  @Test
  void sendsWhatCameBehindAFullBatchToo() {
    for (int i = 0; i < SendBatch.MOST_MESSAGES + 1; i++) {
      new Connection().receives("echo");
    }

    connections.forEach(EmbeddedChannel::runPendingTasks);

    assertThat(connections).allMatch(connection -> connection.sent.toString().equals("echo"));
  }

  @Test
  void whatThePeerDoesNotTakeWaitsInOrderAndInNoReadBuffer() {
    Connection slow = new Connection();
    slow.takes = 2;
    slow.queueMoves = false;
    ByteBuf first = slow.receives("first ");
    ByteBuf second = slow.receives("second");

    slow.runPendingTasks();
    slow.queueMoves = true;
    slow.flush();

    assertThat(slow.sent).hasToString("fi");
    assertThat(slow.queued).hasToString("rst second");
    assertThat(first.refCnt() + second.refCnt()).as("references to what was read").isZero();
  }

  @Test
  void nothingOvertakesWhatWaitsInTheQueue() {
    Connection slow = new Connection();
    slow.queueMoves = false;
    slow.takes = 0;
    slow.receives("first ");
    slow.runPendingTasks();
    slow.takes = Integer.MAX_VALUE;
    slow.receives("second ");
    slow.runPendingTasks();
    assertThat(slow.sent).as("past the queue").isEmpty();

    slow.queueMoves = true;
    slow.flush();
    slow.receives("third");
    slow.runPendingTasks();

    assertThat(slow.queued).hasToString("first second ");
    assertThat(slow.sent).hasToString("third");
  }

  static List<Throwable> failures() {
    return List.of(new IOException("reset"), new OutOfMemoryError("heap"));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void aFailureIsOfItsConnectionAlone(Throwable failure) {
    Connection broken = new Connection();
    Connection other = new Connection();
    broken.failure = failure;
    ByteBuf lost = broken.receives("lost");
    other.receives("one ");

    broken.runPendingTasks();
    other.receives("two");
    other.runPendingTasks();

    assertThat(broken.caught).isSameAs(failure);
    assertThat(lost.refCnt()).isZero();
    assertThat(other.sent).hasToString("one two");
  }

  @Test
  void aClosedConnectionIsSentNothing() {
    Connection open = new Connection();
    Connection closed = new Connection();
    open.receives("echo");
    ByteBuf late = closed.receives("late");

    ChannelFuture _ = closed.close();
    open.runPendingTasks();

    assertThat(open.sent).hasToString("echo");
    assertThat(closed.sent).isEmpty();
    assertThat(late.refCnt()).isZero();
  }

  @Test
  void aConnectionIsFinishedBehindItsEchoes() {
    Connection connection = new Connection();
    connection.receives("last");

    writer.finish(connection.context());

    assertThat(connection.sent).hasToString("last");
    assertThat(connection.isOpen()).isFalse();
  }

  /** A channel whose socket takes as many bytes as a test says. */
  private final class Connection extends EmbeddedChannel {

    private final StringBuilder sent = new StringBuilder();
    private final StringBuilder queued = new StringBuilder();
    private int takes = Integer.MAX_VALUE;
    private boolean queueMoves = true;
    private @Nullable Throwable failure;
    private @Nullable Throwable caught;

    Connection() {
      connections.add(this);
      pipeline()
          .addLast(
              new ChannelInboundHandlerAdapter() {
                @Override
                public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
                  caught = cause;
                }
              });
    }

    ChannelHandlerContext context() {
      return pipeline().lastContext();
    }

    ByteBuf receives(String text) {
      ByteBuf message = Unpooled.copiedBuffer(text, US_ASCII);
      writer.echo(context(), message);
      return message;
    }

    int take(ByteBuf message) throws IOException {
      switch (failure) {
        case null -> {}
        case IOException ofSocket -> throw ofSocket;
        default -> throw (Error) failure;
      }
      int taken = Math.min(takes, message.readableBytes());
      sent.append(message.toString(message.readerIndex(), taken, US_ASCII));
      return taken;
    }

    @Override
    protected void doWrite(ChannelOutboundBuffer in) {
      while (queueMoves && in.current() != null) {
        queued.append(((ByteBuf) in.current()).toString(US_ASCII));
        in.remove();
      }
    }
  }
}
