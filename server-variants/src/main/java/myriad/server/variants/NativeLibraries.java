package myriad.server.variants;

import java.util.Optional;
import myriad.server.Availability.Unavailable;

/** Why a native library of Netty could not be used. */
final class NativeLibraries {

  /** The system property by which Netty is told to do without. */
  private static final String NO_NATIVE = "io.netty.transport.noNative";

  private final String system;
  private final String architecture;
  private final boolean switchedOff;

  /**
   * A host, as system properties tell of it.
   *
   * @param system its {@code os.name}
   * @param architecture its {@code os.arch}
   * @param switchedOff whether native code was forbidden
   */
  NativeLibraries(String system, String architecture, boolean switchedOff) {
    this.system = system;
    this.architecture = architecture;
    this.switchedOff = switchedOff;
  }

  static NativeLibraries ofThisHost() {
    return new NativeLibraries(
        System.getProperty("os.name", ""),
        System.getProperty("os.arch", ""),
        Boolean.getBoolean(NO_NATIVE));
  }

  /**
   * Why the library of {@code transport} is not there, where {@code failure} says that it is not;
   * empty if it is, and something else failed.
   */
  Optional<Unavailable> missing(String transport, Throwable failure) {
    if (!system.equals("Linux")) {
      return Optional.of(
          new Unavailable("not Linux", system + " " + architecture, "run it on a Linux host"));
    }
    if (switchedOff) {
      return Optional.of(
          new Unavailable(
              "native code is switched off", rootMessage(failure), "start without -D" + NO_NATIVE));
    }
    return isLinkage(failure)
        ? Optional.of(
            new Unavailable(
                "native " + transport + " library did not load",
                system + " " + architecture + ": " + rootMessage(failure),
                "use a glibc Linux on x86_64 or aarch64, with a java.io.tmpdir that may hold"
                    + " executables"))
        : Optional.empty();
  }

  static Throwable root(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }

  static String rootMessage(Throwable failure) {
    return String.valueOf(root(failure).getMessage());
  }

  private static boolean isLinkage(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof LinkageError) {
        return true;
      }
    }
    return false;
  }
}
