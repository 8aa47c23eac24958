package myriad.server.variants;

import io.netty.buffer.ByteBuf;
import io.netty.channel.IoEvent;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.Buffer;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.Function;
import java.util.function.IntFunction;
import myriad.server.CloseKind;
import myriad.server.ServerCounters;

/**
 * The echo of an event loop that waits with epoll: reads from some connections, then writes to all
 * of them, and so on, for the reason that {@link EchoBatch} has. It writes at the latest when the
 * loop has looked at all that its last wait brought. Used by the loop's thread.
 */
final class EpollEcho extends LoopEcho {

  /** From here on more gains nothing, and the first peer would wait for the last. */
  private static final int MOST_MESSAGES = 16;

  private final int bufferBytes;
  private final ByteBuffer received;
  private final long receivedAddress;
  private final Connection[] connections = new Connection[MOST_MESSAGES];
  private final int[] ends = new int[MOST_MESSAGES];
  private int messages;
  private final Runnable writing = this::writeScheduled;
  private boolean scheduled;

  /** As {@link NettyTransport.EchoMaker#make} says. */
  EpollEcho(
      IoEventLoop loop,
      int bufferBytes,
      ServerCounters counters,
      Function<Throwable, CloseKind> closeKind,
      IntFunction<ByteBuf> allocator)
      throws IOException {
    super(loop, counters, closeKind, allocator);
    this.bufferBytes = bufferBytes;
    this.received = NonBlockingEcho.allocate(Math.multiplyExact(2, bufferBytes));
    this.receivedAddress = Buffer.memoryAddress(received);
  }

  @Override
  NettyConnection connection(Socket socket) {
    return new Connection(socket);
  }

  private int end() {
    return messages == 0 ? 0 : ends[messages - 1];
  }

  /** Reads what has arrived; it is echoed by the next {@link #write}. */
  private void read(Connection connection) throws IOException {
    int begin = end();
    int bytes = connection.socket.recvAddress(receivedAddress, begin, begin + bufferBytes);
    if (bytes < 0) {
      connection.close(CloseKind.PEER_FINISHED);
    } else if (bytes > 0) {
      counters.bytesIn(bytes);
      connections[messages] = connection;
      ends[messages] = begin + bytes;
      messages++;
      if (messages == MOST_MESSAGES || received.capacity() - end() < bufferBytes) {
        write();
      } else if (!scheduled) {
        // Runs when the loop has handled its events.
        loop.execute(writing);
        scheduled = true;
      }
    }
  }

  /** Asked of the batch, as an object that is written to for each message costs more. */
  private boolean isInBatch(Connection connection) {
    for (int i = 0; i < messages; i++) {
      if (connections[i] == connection) {
        return true;
      }
    }
    return false;
  }

  private void writeScheduled() {
    scheduled = false;
    write();
  }

  private void write() {
    int begin = 0;
    for (int i = 0; i < messages; i++) {
      write(connections[i], begin, ends[i]);
      begin = ends[i];
    }
    messages = 0;
  }

  private void write(Connection connection, int begin, int end) {
    if (!connection.socket.isOpen()) {
      // It was cut off by a stop, and another socket may have its descriptor by now.
      return;
    }
    try {
      int bytes = connection.socket.sendAddress(receivedAddress, begin, end);
      counters.bytesOut(bytes);
      if (bytes < end - begin) {
        counters.backPressurePaused();
        int rest = end - begin - bytes;
        connection.keep(untaken(received.slice(begin + bytes, rest)));
      }
    } catch (IOException | OutOfMemoryError failure) {
      connection.close(closeKind(failure));
    }
  }

  /**
   * A connection that waits to be read from, or for its peer to take what it left; as nothing is
   * read meanwhile, the end of a peer's data is seen only after all of it was echoed.
   */
  private final class Connection extends NettyConnection implements EpollIoHandle {

    Connection(Socket socket) {
      super(socket, EpollEcho.this);
    }

    @Override
    public FileDescriptor fd() {
      return socket;
    }

    @Override
    void awaitMessages() {
      registration().submit(EpollIoOps.EPOLLIN);
    }

    @Override
    public void handle(IoRegistration unused, IoEvent ready) {
      try {
        if (isInBatch(this)) {
          // The loop had no time for its tasks between two waits.
          EpollEcho.this.write();
        }
        if (!socket.isOpen()) {
          return;
        }
        if (untaken == null) {
          read(this);
        } else {
          writeUntaken(untaken);
        }
      } catch (IOException failure) {
        close(closeKind(failure));
      }
    }

    /** Waits for the peer to take {@code rest}, and does not read until then. */
    private void keep(ByteBuf rest) {
      untaken = rest;
      registration().submit(EpollIoOps.EPOLLOUT);
    }

    private void writeUntaken(ByteBuf rest) throws IOException {
      ByteBuffer bytes = rest.internalNioBuffer(rest.readerIndex(), rest.readableBytes());
      int taken = socket.send(bytes, bytes.position(), bytes.limit());
      counters.bytesOut(taken);
      if (!rest.skipBytes(taken).isReadable()) {
        forgetUntaken();
        awaitMessages();
      }
    }

    @Override
    void stopWaiting() {
      // The registration is all that waits.
    }
  }
}
