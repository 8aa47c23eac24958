package myriad.server.variants;

import myriad.server.AcceptFailure;
import myriad.server.CloseKind;

/** What a failure of a socket call means for the counters, whichever library threw it. */
final class SocketFailures {

  /** The JDK's own text for a read that met a reset; its writes carry the C library's instead. */
  private static final String RESET_SEEN_BY_JDK = "Connection reset";

  private SocketFailures() {}

  static CloseKind closeKind(Throwable failure) {
    String message = failure.getMessage();
    boolean reset =
        Errno.ECONNRESET.isCauseOf(failure)
            || Errno.EPIPE.isCauseOf(failure)
            || (message != null && message.startsWith(RESET_SEEN_BY_JDK));
    return reset ? CloseKind.PEER_RESET : CloseKind.FAILED;
  }

  static AcceptFailure acceptFailure(Throwable failure) {
    // The text of ENFILE begins with that of EMFILE.
    if (Errno.ENFILE.isCauseOf(failure)) {
      return AcceptFailure.HOST_DESCRIPTORS;
    }
    if (Errno.EMFILE.isCauseOf(failure)) {
      return AcceptFailure.PROCESS_DESCRIPTORS;
    }
    if (Errno.ENOBUFS.isCauseOf(failure)
        || Errno.ENOMEM.isCauseOf(failure)
        || failure instanceof OutOfMemoryError) {
      return AcceptFailure.MEMORY;
    }
    return AcceptFailure.OTHER;
  }
}
