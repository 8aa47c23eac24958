package myriad.server.variants;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * System errors as the JDK shows them: by nothing but the C library's text, in the language of the
 * process. Asking the same library for the text makes the comparison hold in every locale.
 */
enum Errno {
  EPERM(1),
  ENOMEM(12),
  ENFILE(23),
  EMFILE(24),
  EPIPE(32),
  ENOSYS(38),
  ECONNRESET(104),
  ENOBUFS(105);

  private static final long LONGEST_TEXT_BYTES = 1024;

  private final String text;

  Errno(int number) {
    this.text = strerror(number);
  }

  /** Whether {@code failure}, thrown by the JDK or by Netty, stands for this error. */
  boolean isCauseOf(Throwable failure) {
    String message = failure.getMessage();
    return message != null && message.contains(text);
  }

  @SuppressWarnings("restricted") // The text is read within the bounds the C library keeps.
  private static String strerror(int number) {
    Linker linker = Linker.nativeLinker();
    MethodHandle strerror =
        linker.downcallHandle(
            linker.defaultLookup().findOrThrow("strerror"),
            FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.JAVA_INT));
    try {
      MemorySegment text = (MemorySegment) strerror.invokeExact(number);
      return text.reinterpret(LONGEST_TEXT_BYTES, Arena.global(), null).getString(0);
    } catch (Throwable failure) {
      throw new IllegalStateException("strerror(" + number + ")", failure);
    }
  }
}
