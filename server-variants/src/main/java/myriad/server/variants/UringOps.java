package myriad.server.variants;

import io.netty.buffer.ByteBuf;
import io.netty.channel.unix.Buffer;
import io.netty.channel.unix.Socket;
import io.netty.channel.uring.IoUringIoEvent;
import io.netty.channel.uring.IoUringIoOps;
import java.nio.ByteBuffer;

/**
 * Operations of io_uring on a socket, in the numbers of the kernel's {@code linux/io_uring.h}.
 * Receives and sends do not wait: they complete with {@link #WOULD_BLOCK} where they would.
 */
final class UringOps {

  static final byte POLL = 6;
  static final byte SEND = 26;
  static final byte RECEIVE = 27;

  static final int POLLIN = 1;
  static final int POLLOUT = 4;

  /** EAGAIN, as the result of a completion. */
  static final int WOULD_BLOCK = -11;

  /** ECANCELED, likewise. */
  static final int CANCELLED = -125;

  private static final byte CANCEL = 14;
  private static final int POLL_ADD_MULTI = 1;
  private static final int MSG_DONTWAIT = 0x40;
  private static final int MSG_NOSIGNAL = 0x4000;
  private static final int CQE_F_MORE = 1 << 1;
  private static final int CQE_F_SOCK_NONEMPTY = 1 << 2;

  private UringOps() {}

  /**
   * Completes each time that {@code events} come, until it is cancelled.
   *
   * @param data comes back with the completion
   */
  static IoUringIoOps pollAlways(Socket socket, int events, long data) {
    return of(POLL, socket.intValue(), 0, POLL_ADD_MULTI, events, data);
  }

  /** Likewise, once. */
  static IoUringIoOps pollOnce(Socket socket, int events, long data) {
    return of(POLL, socket.intValue(), 0, 0, events, data);
  }

  static IoUringIoOps receive(Socket socket, long address, int bytes) {
    return of(RECEIVE, socket.intValue(), address, bytes, MSG_DONTWAIT, 0);
  }

  static IoUringIoOps send(Socket socket, long address, int bytes) {
    return of(SEND, socket.intValue(), address, bytes, MSG_DONTWAIT | MSG_NOSIGNAL, 0);
  }

  /**
   * Ends an operation that waits in the kernel.
   *
   * @param operation what submitting it returned
   */
  static IoUringIoOps cancel(long operation) {
    return of(CANCEL, -1, operation, 0, 0, 0);
  }

  /** Whether the operation completes again. */
  static boolean goesOn(IoUringIoEvent completion) {
    return (completion.flags() & CQE_F_MORE) != 0;
  }

  /** Whether the socket of a receive has more to be received, be it its end. */
  static boolean saysThatMoreIsThere(IoUringIoEvent completion) {
    return (completion.flags() & CQE_F_SOCK_NONEMPTY) != 0;
  }

  /** Where the readable bytes of a direct buffer begin. */
  static long addressOf(ByteBuf buffer) {
    ByteBuffer bytes = buffer.internalNioBuffer(buffer.readerIndex(), buffer.readableBytes());
    return Buffer.memoryAddress(bytes) + bytes.position();
  }

  private static IoUringIoOps of(
      byte opcode, int fd, long address, int length, int opFlags, long data) {
    return new IoUringIoOps(
        opcode, (byte) 0, (short) 0, fd, 0L, address, length, opFlags, data, (short) 0, (short) 0,
        0, 0L);
  }
}
