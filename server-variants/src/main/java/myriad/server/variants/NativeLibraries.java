package myriad.server.variants;

import myriad.server.Availability.Unavailable;

/** Why a native library of Netty could not be used. */
final class NativeLibraries {

  private NativeLibraries() {}

  /** The answer of a probe whose {@code transport} failed to load because of {@code cause}. */
  static Unavailable unavailable(String transport, Throwable cause) {
    String system = System.getProperty("os.name") + " " + System.getProperty("os.arch");
    if (!System.getProperty("os.name", "").equals("Linux")) {
      return new Unavailable("not Linux", system, "run it on a Linux host");
    }
    return new Unavailable(
        "native " + transport + " library did not load",
        system + ": " + rootMessage(cause),
        "use a glibc Linux on x86_64 or aarch64, with a java.io.tmpdir that may hold executables");
  }

  static String rootMessage(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage());
  }
}
