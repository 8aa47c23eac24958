package myriad.server.variants;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import myriad.server.CloseKind;
import myriad.server.ServerCounters;

/**
 * The echo loop of a virtual thread, without a buffer for an idle connection.
 *
 * <p>No public call of the JDK parks until a socket is readable and leaves the bytes where they
 * are: a blocking read has to be given somewhere to put them. So a thread waits with a stub of
 * {@value #STUB_BYTES} bytes. A message that fits is echoed from the stub, with no further call. A
 * read that fills the stub is followed by one for what else has arrived, into a buffer of just that
 * size, which is garbage as soon as it is echoed. Idle connections hold stubs and nothing else,
 * whatever they received before.
 *
 * <p>After an echo the thread yields before it reads: the others that can run have their turn, and
 * under load the peer's next message is there when this one reads. So it finds it at once, where it
 * would have read in vain, registered with the poller, parked, and been woken: more than a third of
 * what a message cost (server-variants/PROFILE.md). A peer that takes its time costs one yield.
 */
final class VirtualThreadEcho implements EchoLoop {

  private static final int STUB_BYTES = 128;

  private final int bufferBytes;
  private final ServerCounters counters;

  /**
   * @param bufferBytes the most that is read at once
   */
  VirtualThreadEcho(int bufferBytes, ServerCounters counters) {
    this.bufferBytes = bufferBytes;
    this.counters = counters;
  }

  @Override
  @SuppressWarnings("ThreadPriorityCheck") // A yield that does nothing costs time and no more.
  public CloseKind echo(SocketChannel connection) throws IOException {
    ByteBuffer stub = ByteBuffer.allocate(Math.min(STUB_BYTES, bufferBytes));
    while (connection.read(stub) >= 0) {
      boolean filled = !stub.hasRemaining();
      stub.flip();
      EchoLoop.echoAll(filled ? withArrivals(stub, connection) : stub, connection, counters);
      stub.clear();
      Thread.yield();
    }
    return CloseKind.PEER_FINISHED;
  }

  /** What was read, and behind it what else can be read without waiting. */
  private ByteBuffer withArrivals(ByteBuffer head, SocketChannel connection) throws IOException {
    // Not that of socket(), which the channel would keep for its life.
    int arrivedBytes = Channels.newInputStream(connection).available();
    if (arrivedBytes == 0 || head.remaining() == bufferBytes) {
      return head;
    }
    ByteBuffer whole =
        ByteBuffer.allocate((int) Math.min(bufferBytes, (long) head.remaining() + arrivedBytes));
    whole.put(head);
    connection.read(whole);
    return whole.flip();
  }
}
