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
}
