package myriad.server.variants;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.concurrent.FastThreadLocal;
import java.io.IOException;
import java.util.Arrays;

/**
 * Echoes of an event loop's connections, sent together: at the latest when the loop has looked at
 * all that its last wait brought. Messages are so read one behind another, and then sent one behind
 * another, as in {@link EchoBatch} and for its reason.
 *
 * <p>They go straight to the socket, and only what it does not take to Netty's queue, which then
 * waits for it to take more: passing every message through the queue costs 2 to 6 % of the messages
 * a second (server-variants/PROFILE.md). Used by the loop's thread.
 */
final class SendBatch implements Runnable {

  /** From here on more gains nothing, and the first peer would wait for the last. */
  static final int MOST_MESSAGES = 16;

  /** What a message is sent by. */
  @FunctionalInterface
  interface Sender {

    /**
     * Sends of {@code message} what the socket of {@code connection} takes now, without waiting.
     *
     * @return how many bytes that was
     */
    int send(Channel connection, ByteBuf message) throws IOException;
  }

  private final Sender sender;
  private final ChannelHandlerContext[] connections = new ChannelHandlerContext[MOST_MESSAGES];
  private final ByteBuf[] received = new ByteBuf[MOST_MESSAGES];
  private int messages;
  private boolean scheduled;

  private SendBatch(Sender sender) {
    this.sender = sender;
  }

  /** Echoes by the batch of the loop that calls. */
  static EchoWriter ofEachLoop(Sender sender) {
    FastThreadLocal<SendBatch> batches =
        new FastThreadLocal<>() {
          @Override
          protected SendBatch initialValue() {
            return new SendBatch(sender);
          }
        };
    return new EchoWriter() {
      @Override
      public void echo(ChannelHandlerContext connection, ByteBuf received) {
        batches.get().add(connection, received);
      }

      @Override
      public void readComplete(ChannelHandlerContext connection) {
        // The loop has others to read from.
      }

      @Override
      public void finish(ChannelHandlerContext connection) {
        batches.get().sendAll();
        EchoWriter.super.finish(connection);
      }
    };
  }

  private void add(ChannelHandlerContext connection, ByteBuf message) {
    connections[messages] = connection;
    received[messages] = message;
    messages++;
    if (messages == MOST_MESSAGES) {
      sendAll();
    } else if (!scheduled) {
      connection.executor().execute(this);
      scheduled = true;
    }
  }

  /** Runs as a task of the loop, which it does when it has handled its events. */
  @Override
  public void run() {
    scheduled = false;
    sendAll();
  }

  private void sendAll() {
    int sending = messages;
    for (int i = 0; i < sending; i++) {
      send(connections[i], received[i]);
    }
    Arrays.fill(connections, 0, sending, null);
    Arrays.fill(received, 0, sending, null);
    messages = 0;
  }

  @SuppressWarnings("FutureReturnValueIgnored") // What fails arrives at exceptionCaught.
  private void send(ChannelHandlerContext connection, ByteBuf message) {
    try {
      if (!connection.channel().isOpen()) {
        // Another socket may have its descriptor by now.
        return;
      }
      if (!EchoWriter.hasUntakenBytes(connection)) {
        message.skipBytes(sender.send(connection.channel(), message));
      }
      if (message.isReadable()) {
        connection.writeAndFlush(EchoWriter.copyOf(message, connection), connection.voidPromise());
      }
    } catch (Throwable failure) { // as Netty does for a write: the rest of the batch goes on
      connection.pipeline().fireExceptionCaught(failure);
    } finally {
      message.release();
    }
  }
}
