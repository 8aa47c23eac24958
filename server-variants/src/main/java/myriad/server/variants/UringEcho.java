package myriad.server.variants;

import io.netty.buffer.ByteBuf;
import io.netty.channel.IoEvent;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.unix.Errors;
import io.netty.channel.unix.Socket;
import io.netty.channel.uring.IoUringIoEvent;
import io.netty.channel.uring.IoUringIoHandle;
import io.netty.channel.uring.IoUringIoOps;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Function;
import java.util.function.IntFunction;
import myriad.server.CloseKind;
import myriad.server.ServerCounters;
import myriad.server.variants.ReceiveBuffers.ReceiveBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The echo of an event loop that waits with io_uring. Each connection has a poll that stays in the
 * kernel; when it says that data is there, a receive is queued, and then a send of what it brought,
 * one at a time. Neither waits in the kernel, so that a buffer of the loop is out only between the
 * two, and an idle connection holds none. Used by the loop's thread.
 */
final class UringEcho extends LoopEcho {

  private final ReceiveBuffers buffers;

  /** Those that have something to be received when there is a buffer again. */
  private final Queue<Connection> waiting = new ArrayDeque<>();

  /** As {@link NettyTransport.EchoMaker#make} says. */
  UringEcho(
      IoEventLoop loop,
      int bufferBytes,
      ServerCounters counters,
      Function<Throwable, CloseKind> closeKind,
      IntFunction<ByteBuf> allocator)
      throws IOException {
    super(loop, counters, closeKind, allocator);
    this.buffers = new ReceiveBuffers(bufferBytes);
  }

  @Override
  NettyConnection connection(Socket socket) {
    return new Connection(socket);
  }

  private void giveBack(ReceiveBuffer buffer) {
    buffers.giveBack(buffer);
    for (Connection next = waiting.poll(); next != null; next = waiting.poll()) {
      if (next.socket.isOpen()) {
        next.receive();
        return;
      }
    }
  }

  private final class Connection extends NettyConnection implements IoUringIoHandle {

    private static final long READABLE = 0;
    private static final long WRITABLE = 1;

    private @Nullable ReceiveBuffer received;
    private int receivedBytes;
    private long readablePoll;
    private long writablePoll;

    /** From when something is to be received until all of it is echoed, waits for room included. */
    private boolean busy;

    /** A receive or a send is, which would else meet another socket at the same descriptor. */
    private boolean underWay;

    private @Nullable CloseKind ending;

    /** The kernel said so since the last receive was queued. */
    private boolean readable;

    Connection(Socket socket) {
      super(socket, UringEcho.this);
    }

    @Override
    void awaitMessages() {
      readablePoll = registration().submit(UringOps.pollAlways(socket, UringOps.POLLIN, READABLE));
    }

    @Override
    public void handle(IoRegistration unused, IoEvent done) {
      IoUringIoEvent completion = (IoUringIoEvent) done;
      switch (completion.opcode()) {
        case UringOps.POLL -> polled(completion);
        case UringOps.RECEIVE, UringOps.SEND -> done(completion);
        default -> {
          // A poll was cancelled, for a connection that is closed.
        }
      }
    }

    private void done(IoUringIoEvent completion) {
      underWay = false;
      if (!socket.isOpen()) {
        release();
      } else if (ending != null) {
        release();
        close(ending);
      } else if (completion.opcode() == UringOps.RECEIVE) {
        received(completion.res(), UringOps.saysThatMoreIsThere(completion));
      } else {
        sent(completion.res());
      }
    }

    private void submit(IoUringIoOps receiveOrSend) {
      underWay = true;
      registration().submit(receiveOrSend);
    }

    @Override
    void end(CloseKind kind) {
      if (underWay) {
        ending = kind;
      } else {
        close(kind);
      }
    }

    private void polled(IoUringIoEvent completion) {
      if (!socket.isOpen()) {
        return;
      }
      if (completion.res() < 0) {
        end(kindOf("poll", completion.res()));
      } else if (completion.userData() == WRITABLE) {
        sendUntaken();
      } else {
        if (!UringOps.goesOn(completion)) {
          awaitMessages();
        }
        readable = true;
        receiveIfIdle();
      }
    }

    private void receiveIfIdle() {
      if (!busy && readable) {
        busy = true;
        receive();
      }
    }

    /** Queues a receive, or the connection where there is no buffer for it. */
    private void receive() {
      received = buffers.take();
      if (received == null) {
        waiting.add(this);
      } else {
        readable = false;
        submit(UringOps.receive(socket, received.address(), received.bytes()));
      }
    }

    private void received(int result, boolean more) {
      ReceiveBuffer buffer = held(received);
      if (result > 0) {
        counters.bytesIn(result);
        receivedBytes = result;
        readable |= more;
        submit(UringOps.send(socket, buffer.address(), result));
      } else if (result == UringOps.WOULD_BLOCK) {
        release();
        idle();
      } else {
        release();
        close(result == 0 ? CloseKind.PEER_FINISHED : kindOf("recv", result));
      }
    }

    private void sent(int result) {
      int bytes = result == UringOps.WOULD_BLOCK ? 0 : result;
      if (bytes < 0) {
        release();
        close(kindOf("send", result));
      } else if (untaken != null) {
        counters.bytesOut(bytes);
        sentOfUntaken(untaken.skipBytes(bytes));
      } else {
        counters.bytesOut(bytes);
        keepRest(bytes);
        release();
        if (untaken == null && socket.isOpen()) {
          idle();
        }
      }
    }

    private void idle() {
      busy = false;
      receiveIfIdle();
    }

    /** What the peer did not take waits for it, and nothing is received until it has. */
    private void keepRest(int from) {
      int rest = receivedBytes - from;
      if (rest == 0) {
        return;
      }
      counters.backPressurePaused();
      try {
        untaken = UringEcho.this.untaken(held(received).memory().slice(from, rest));
        awaitWritable();
      } catch (OutOfMemoryError failure) {
        close(closeKind(failure));
      }
    }

    private void awaitWritable() {
      writablePoll = registration().submit(UringOps.pollOnce(socket, UringOps.POLLOUT, WRITABLE));
    }

    private void sendUntaken() {
      writablePoll = 0;
      if (untaken != null) {
        submit(UringOps.send(socket, UringOps.addressOf(untaken), untaken.readableBytes()));
      }
    }

    private void sentOfUntaken(ByteBuf rest) {
      if (rest.isReadable()) {
        awaitWritable();
      } else {
        forgetUntaken();
        idle();
      }
    }

    private void release() {
      if (received != null) {
        ReceiveBuffer buffer = received;
        received = null;
        giveBack(buffer);
      }
    }

    private CloseKind kindOf(String call, int result) {
      return closeKind(Errors.newIOException(call, result));
    }

    /** A poll that is left in the kernel would keep the socket open. */
    @Override
    void stopWaiting() {
      registration().submit(UringOps.cancel(readablePoll));
      if (writablePoll != 0) {
        registration().submit(UringOps.cancel(writablePoll));
      }
    }
  }

  private static ReceiveBuffer held(@Nullable ReceiveBuffer buffer) {
    if (buffer == null) {
      throw new IllegalStateException("a completion without its buffer");
    }
    return buffer;
  }
}
