package myriad.server.variants;

import java.io.IOException;
import java.nio.channels.Channel;

/** Closing where nothing can be done about a failure to close. */
final class Closing {

  private Closing() {}

  /**
   * Closes a socket. The descriptor is gone even if the close reports an error, such as data that
   * could not be delivered, and there is nobody left to tell.
   */
  static void quietly(Channel channel) {
    try {
      channel.close();
    } catch (IOException descriptorIsGoneAnyway) {
      assert !channel.isOpen();
    }
  }

  /**
   * Takes every step, though others fail.
   *
   * @throws RuntimeException or an error: the first failure, with the others suppressed
   */
  static void all(Iterable<? extends Runnable> steps) {
    Throwable first = null;
    for (Runnable step : steps) {
      try {
        step.run();
      } catch (RuntimeException | Error failure) {
        if (first == null) {
          first = failure;
        } else {
          first.addSuppressed(failure);
        }
      }
    }
    switch (first) {
      case null -> {}
      case RuntimeException failure -> throw failure;
      case Error failure -> throw failure;
      default -> throw new AssertionError(first);
    }
  }
}
