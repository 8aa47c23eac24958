package myriad.server;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** What a terminal sends to every process of its foreground group, whoever leads it. */
final class CtrlC {

  private static final int SIGINT = 2;
  private static final MemorySegment SIG_IGN = MemorySegment.ofAddress(1);

  private CtrlC() {}

  /** Leaves it to the other processes: this one does not end by it. */
  @SuppressWarnings("restricted") // signal(2) with SIG_IGN runs no code of this process.
  static void ignore() {
    Linker linker = Linker.nativeLinker();
    MethodHandle signal =
        linker.downcallHandle(
            linker.defaultLookup().findOrThrow("signal"),
            FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.JAVA_INT, ValueLayout.ADDRESS));
    try {
      MemorySegment _ = (MemorySegment) signal.invokeExact(SIGINT, SIG_IGN);
    } catch (Throwable failure) {
      throw new IllegalStateException("signal(SIGINT, SIG_IGN)", failure);
    }
  }
}
