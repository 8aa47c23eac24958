package myriad.loadgen;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.netty.buffer.ByteBuf;
import io.netty.channel.unix.Errors;
import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/**
 * {@code send(2)} and {@code recv(2)} on sockets, without blocking. Netty has both by JNI, which
 * changes the state of the thread twice a call; these are short enough to do without. For one
 * thread: it keeps the error of the last call.
 */
final class SocketCalls {

  /** What {@link #recv} returns at the end of a stream. */
  static final int END = -1;

  /** Flags of Linux's {@code <sys/socket.h>}. */
  private static final int MSG_DONTWAIT = 0x40;

  private static final int MSG_NOSIGNAL = 0x4000;

  private static final int FAILED = -1;

  private static final StructLayout STATE = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO =
      STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));
  private static final MethodHandle SEND = socketCall("send");
  private static final MethodHandle RECV = socketCall("recv");

  private final MemorySegment errno = Arena.ofAuto().allocate(STATE);

  /**
   * Sends what is readable of {@code bytes}, and skips what the kernel took.
   *
   * @param bytes of native memory
   * @throws IOException what the kernel said, as Netty puts it
   */
  void send(FileDescriptor socket, ByteBuf bytes) throws IOException {
    long address = bytes.memoryAddress() + bytes.readerIndex();
    int sent = call(SEND, socket, address, bytes.readableBytes(), MSG_DONTWAIT | MSG_NOSIGNAL);
    if (sent == FAILED) {
      sent = zeroIfItWouldBlock("send");
    }
    bytes.skipBytes(sent);
  }

  /**
   * Receives into {@code buffer}, from its start.
   *
   * @param buffer of native memory
   * @return how many bytes, none if there are none yet; {@link #END} if there will be none
   * @throws IOException what the kernel said, as Netty puts it
   */
  int recv(FileDescriptor socket, ByteBuf buffer) throws IOException {
    int received = call(RECV, socket, buffer.memoryAddress(), buffer.capacity(), MSG_DONTWAIT);
    if (received == 0) {
      return END;
    }
    return received == FAILED ? zeroIfItWouldBlock("recv") : received;
  }

  private int call(
      MethodHandle function, FileDescriptor socket, long address, int length, int flags) {
    try {
      return (int)
          (long) function.invokeExact(errno, socket.intValue(), address, (long) length, flags);
    } catch (Throwable impossible) {
      throw new AssertionError("native functions do not throw", impossible);
    }
  }

  private int zeroIfItWouldBlock(String function) throws IOException {
    return Errors.ioResult(function, -(int) ERRNO.get(errno, 0L));
  }

  @SuppressWarnings("restricted") // the address and the length of a buffer go with each other
  private static MethodHandle socketCall(String name) {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(
        linker.defaultLookup().findOrThrow(name),
        FunctionDescriptor.of(JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT),
        Linker.Option.critical(false),
        Linker.Option.captureCallState("errno"));
  }
}
