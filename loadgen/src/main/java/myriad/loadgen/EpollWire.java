package myriad.loadgen;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.IoEvent;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoEvent;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.epoll.LinuxSocket;
import io.netty.channel.unix.FileDescriptor;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.SocketAddress;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A wire straight on Netty's epoll: its socket and what epoll knows of it, without a channel, a
 * pipeline and a queue of writes between them. With a thousand connections each of those is a miss
 * of the processor's caches a message, and they are half of what an idle connection costs.
 *
 * <p>Bytes are kept for a wire only while its peer does not take them. Epoll is edge-triggered, as
 * it would else look once more at every socket that was read: a read takes what one buffer holds,
 * and only where more may be left is epoll asked for the socket again (epoll(7)).
 */
final class EpollWire implements Wire, EpollIoHandle {

  private static final EpollIoOps WRITABLE = EpollIoOps.EPOLLOUT;
  private static final EpollIoOps ENDED = EpollIoOps.EPOLLRDHUP.with(EpollIoOps.EPOLLERR);
  private static final EpollIoOps READABLE = EpollIoOps.EPOLLIN.with(ENDED);
  private static final EpollIoOps READABLE_EDGE = READABLE.with(EpollIoOps.EPOLLET);
  private static final EpollIoOps BOTH_EDGES = READABLE_EDGE.with(WRITABLE);

  /** Of {@code <netinet/tcp.h>}. What {@code TCP_INFO} tells begins with a byte, the state. */
  private static final int IPPROTO_TCP = 6;

  private static final int TCP_INFO = 11;
  private static final int TCP_ESTABLISHED = 1;

  private final EpollWireLoop loop;
  private final LinuxSocket socket;
  private final Listener listener;

  /** Until it is connected. */
  private @Nullable SocketAddress target;

  private @Nullable Future<?> connectTimeout;
  private @Nullable IoRegistration registration;

  /** What the peer has not taken yet. */
  private @Nullable ByteBuf untaken;

  /**
   * A wire that is yet to be connected.
   *
   * @param socket without blocking; the wire's from now on
   */
  EpollWire(EpollWireLoop loop, LinuxSocket socket, SocketAddress target, Listener listener) {
    this.loop = loop;
    this.socket = socket;
    this.target = target;
    this.listener = listener;
  }

  @Override
  public void connect() {
    try {
      Future<IoRegistration> registered = loop.eventLoop().register(this);
      if (!registered.isSuccess()) {
        throw new IOException("epoll takes no further socket", registered.cause());
      }
      registration = registered.getNow();
      if (socket.connect(target) || isEstablished()) {
        connected();
      } else {
        registration.submit(BOTH_EDGES);
        connectTimeout =
            loop.eventLoop()
                .schedule(this::timeOut, loop.connectTimeoutMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (IOException failure) {
      fail(failure);
    }
  }

  /** Sockets of one host are connected by the time that the kernel says it has begun to. */
  private boolean isEstablished() throws IOException {
    return (byte) socket.getIntOpt(IPPROTO_TCP, TCP_INFO) == TCP_ESTABLISHED;
  }

  @Override
  public ByteBuf buffer(int bytes) {
    ByteBuf out = untaken == null ? loop.outFor(this) : untaken.discardSomeReadBytes();
    return out.ensureWritable(bytes);
  }

  @Override
  public void write(ByteBuf filled) {
    // It is where flush() looks.
  }

  @Override
  public void flush() {
    ByteBuf out = loop.takeOut(this);
    if (out == null || !socket.isOpen()) {
      return;
    }
    try {
      loop.calls().send(socket, out);
      if (out.isReadable()) {
        untaken = Unpooled.directBuffer(out.readableBytes()).writeBytes(out);
        watch();
      }
    } catch (IOException failure) {
      // Its listener is within a call of its own.
      loop.eventLoop().execute(() -> fail(failure));
    }
  }

  @Override
  public void close() {
    if (socket.isOpen()) {
      release();
      listener.ended();
    }
  }

  private void release() {
    stopConnecting();
    try {
      // The kernel takes it out of epoll by itself.
      socket.close();
    } catch (IOException alreadyGone) {
      // Then there is nothing left to close.
    }
    if (registration != null) {
      registration.cancel();
    }
    if (untaken != null) {
      untaken.release();
      untaken = null;
    }
  }

  @Override
  public FileDescriptor fd() {
    return socket;
  }

  @Override
  public void handle(IoRegistration unused, IoEvent event) {
    EpollIoOps ready = ((EpollIoEvent) event).ops();
    try {
      if (!socket.isOpen()) {
        return;
      }
      if (target != null) {
        if (!socket.finishConnect()) {
          return;
        }
        connected();
      }
      if (untaken != null && ready.contains(WRITABLE)) {
        sendUntaken(untaken);
      }
      if (ready.contains(READABLE) && socket.isOpen()) {
        read(ready.contains(ENDED));
      }
    } catch (Throwable failure) { // as Netty's pipeline does for a channel
      fail(failure);
    }
  }

  private void connected() {
    stopConnecting();
    watch();
    listener.connected();
  }

  /**
   * Takes what has come.
   *
   * @param ended whether an end follows what has come
   */
  private void read(boolean ended) throws IOException {
    ByteBuf in = loop.in();
    int read = loop.calls().recv(socket, in);
    if (read > 0) {
      if (ended || read == in.capacity()) {
        watch();
      }
      listener.received(in.setIndex(0, read));
      if (socket.isOpen()) {
        listener.receivedAll();
      }
    } else if (read == SocketCalls.END) {
      close();
    }
  }

  private void sendUntaken(ByteBuf rest) throws IOException {
    loop.calls().send(socket, rest);
    if (!rest.isReadable()) {
      rest.release();
      untaken = null;
      watch();
    }
  }

  /**
   * Asks for what there is to do from now on, and for what there is to do already. Sockets that can
   * always be written to are not asked whether they can: Netty makes an object of each event that
   * says both.
   */
  private void watch() {
    if (registration != null) {
      registration.submit(untaken == null ? READABLE_EDGE : BOTH_EDGES);
    }
  }

  private void timeOut() {
    fail(
        new ConnectTimeoutException(
            "no connection within %,d ms".formatted(loop.connectTimeoutMillis())));
  }

  private void stopConnecting() {
    target = null;
    if (connectTimeout != null) {
      connectTimeout.cancel(false);
      connectTimeout = null;
    }
  }

  private void fail(Throwable cause) {
    if (socket.isOpen()) {
      release();
      listener.failed(cause);
    }
  }
}
