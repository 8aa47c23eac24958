package myriad.cli;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.OptionalInt;

/** The size of the terminal behind a descriptor, asked of the kernel each time. */
final class TerminalWindow {

  static final int STDOUT = 1;
  static final int STDERR = 2;

  private static final long TIOCGWINSZ = 0x5413;

  /** Bytes of {@code struct winsize}: rows, columns, and two unused, 16 bits each. */
  private static final int WINSIZE_BYTES = 8;

  private static final int COLUMNS_OFFSET = 2;
  private static final int UNKNOWN_COLUMNS = 80;

  @SuppressWarnings("restricted") // native access is granted on the command line
  private static final MethodHandle IOCTL =
      Linker.nativeLinker()
          .downcallHandle(
              Linker.nativeLinker().defaultLookup().findOrThrow("ioctl"),
              FunctionDescriptor.of(
                  ValueLayout.JAVA_INT,
                  ValueLayout.JAVA_INT,
                  ValueLayout.JAVA_LONG,
                  ValueLayout.ADDRESS),
              Linker.Option.firstVariadicArg(2));

  private TerminalWindow() {}

  /** Width in columns of the terminal at {@code descriptor}; empty if it is no terminal. */
  static OptionalInt columns(int descriptor) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment size = arena.allocate(WINSIZE_BYTES, Short.BYTES);
      if ((int) IOCTL.invokeExact(descriptor, TIOCGWINSZ, size) != 0) {
        return OptionalInt.empty();
      }
      int columns = Short.toUnsignedInt(size.get(ValueLayout.JAVA_SHORT, COLUMNS_OFFSET));
      return OptionalInt.of(columns == 0 ? UNKNOWN_COLUMNS : columns);
    } catch (Throwable e) {
      throw new IllegalStateException("ioctl(TIOCGWINSZ)", e);
    }
  }
}
