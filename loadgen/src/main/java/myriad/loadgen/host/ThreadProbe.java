package myriad.loadgen.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Watches one thread of this process, and sharpens its timers. */
public final class ThreadProbe {

  private static final int CPU_NS = 0;
  private static final int RUN_QUEUE_WAIT_NS = 1;

  private final Path thread;

  ThreadProbe(Path thread) {
    this.thread = thread;
  }

  /** A probe of the calling thread. */
  public static ThreadProbe ofCurrentThread() {
    try {
      String processAndThread =
          Files.readSymbolicLink(ProcFile.PROC.resolve("thread-self")).toString();
      return new ThreadProbe(ProcFile.PROC.resolve(processAndThread));
    } catch (IOException noProc) {
      return new ThreadProbe(ProcFile.PROC.resolve("thread-self"));
    }
  }

  /**
   * Asks the kernel to wake the calling thread, whose probe this must be, when its timers are due,
   * and not up to 50 µs later as it may by default ({@code PR_SET_TIMERSLACK} of prctl(2)). Without
   * effect where the kernel refuses.
   */
  public void sharpenTimers() {
    try {
      Files.writeString(ProcFile.PROC.resolve(thread.getFileName()).resolve("timerslack_ns"), "1");
    } catch (IOException refused) {
      // The lag histogram shows what it costs.
      return;
    }
  }

  /**
   * Time the thread ran or was ready to run and waited for a CPU, in nanoseconds since it started;
   * {@link Times#UNKNOWN} if the kernel does not tell. A thread that is always busy shows the time
   * of the wall clock, however little CPU it was given.
   */
  public Times times() {
    return ProcFile.read(thread.resolve("schedstat"))
        .map(text -> text.strip().split(" ", -1))
        .map(
            fields ->
                new Times(
                    Long.parseLong(fields[CPU_NS]), Long.parseLong(fields[RUN_QUEUE_WAIT_NS])))
        .orElse(Times.UNKNOWN);
  }

  /**
   * How a thread spent its time.
   *
   * @param cpuNs it ran
   * @param waitNs it was ready to run and waited for a CPU
   */
  public record Times(long cpuNs, long waitNs) {

    /** Of a kernel without {@code schedstat}. */
    public static final Times UNKNOWN = new Times(0, 0);

    public long busyNs() {
      return cpuNs + waitNs;
    }
  }
}
