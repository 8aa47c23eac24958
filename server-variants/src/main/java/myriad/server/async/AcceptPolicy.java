package myriad.server.async;

import java.io.IOException;
import java.time.Duration;

/** What a server does about connections that it takes, and that it cannot take. */
public interface AcceptPolicy {

  /** Waits a tenth of a second after each failure. */
  AcceptPolicy PATIENT = failure -> Duration.ofMillis(100);

  /** A connection was taken; its handler has not started. */
  default void accepted() {}

  /**
   * Accept failed, such as for want of descriptors. The connection stays in the kernel's queue.
   *
   * @return how long to leave accept alone
   */
  Duration afterFailure(IOException failure);
}
