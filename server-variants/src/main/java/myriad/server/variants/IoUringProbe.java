package myriad.server.variants;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import myriad.server.Availability;
import myriad.server.Availability.Unavailable;

/** Whether a ring can be had here, and if not, who or what is in the way. */
final class IoUringProbe {

  /** A kernel that surely has all that a ring is asked for; an older one may have. */
  static final String OLDEST_KERNEL = "Linux 5.19";

  private static final Path DISABLED = Path.of("/proc/sys/kernel/io_uring_disabled");
  private static final String ENABLED_FOR_ALL = "0";

  private final NativeLibraries libraries;
  private final Path disabled;

  /**
   * A probe of a host.
   *
   * @param disabled the file that says for whom io_uring is disabled
   */
  IoUringProbe(NativeLibraries libraries, Path disabled) {
    this.libraries = libraries;
    this.disabled = disabled;
  }

  static IoUringProbe ofThisHost() {
    return new IoUringProbe(NativeLibraries.ofThisHost(), DISABLED);
  }

  /** Opens and closes a ring that asks for all that a server's does. */
  @FunctionalInterface
  interface Attempt {
    void run() throws IOException;
  }

  /** Makes the attempt; what it throws is explained, and not thrown. */
  Availability probe(Attempt attempt) {
    try {
      attempt.run();
      return new Availability.Available("");
    } catch (IOException | RuntimeException | LinkageError | OutOfMemoryError failure) {
      return libraries.missing("io_uring", failure).orElseGet(() -> explain(failure));
    }
  }

  private Unavailable explain(Throwable failure) {
    Throwable cause = NativeLibraries.root(failure);
    String detail = String.valueOf(cause.getMessage());
    if (Errno.EPERM.isCauseOf(cause)) {
      return isDisabledBySysctl() ? disabledBySysctl() : forbidden(detail);
    }
    if (Errno.ENOSYS.isCauseOf(cause)) {
      return new Unavailable(
          "this kernel has no io_uring",
          detail,
          "use " + OLDEST_KERNEL + " or newer, built with CONFIG_IO_URING");
    }
    if (cause instanceof UnsupportedOperationException) {
      return new Unavailable(
          "this kernel's io_uring is too old", detail, "use " + OLDEST_KERNEL + " or newer");
    }
    return new Unavailable(
        "no io_uring ring can be had",
        detail,
        "see to free memory, locked memory (ulimit -l) and descriptors (ulimit -n)");
  }

  private static Unavailable disabledBySysctl() {
    return new Unavailable(
        "io_uring is disabled by sysctl",
        "kernel.io_uring_disabled is not " + ENABLED_FOR_ALL,
        "sysctl kernel.io_uring_disabled=" + ENABLED_FOR_ALL);
  }

  private static Unavailable forbidden(String detail) {
    return new Unavailable(
        "io_uring is forbidden to this process",
        detail,
        "allow io_uring_setup, io_uring_enter and io_uring_register in the seccomp profile;"
            + " containers forbid them by default");
  }

  private boolean isDisabledBySysctl() {
    try {
      return !Files.readAllLines(disabled).contains(ENABLED_FOR_ALL);
    } catch (IOException kernelWithoutThisSwitch) {
      return false;
    }
  }
}
