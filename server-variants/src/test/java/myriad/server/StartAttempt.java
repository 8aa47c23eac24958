package myriad.server;

import java.io.IOException;

/**
 * Says on standard output what comes of starting a server that a test keeps from what it needs.
 *
 * @param socketsBefore that the process had open
 */
record StartAttempt(ServerVariant variant, int socketsBefore) {

  /** To be made after a smaller server has served: what is loaded late may not be had later. */
  static StartAttempt after(ServerVariant variant, ServerConfig smaller) throws IOException {
    try (RunningServer server = variant.start(smaller);
        EchoClient client = EchoClient.connect(server.address())) {
      client.send(Payload.bytes(0, 64));
      client.expect(0, 64);
    }
    return new StartAttempt(variant, Leftovers.openSockets());
  }

  /** Whatever is thrown but what a server may throw ends the process with a stack trace. */
  void makeAndReport(ServerConfig config) {
    try (RunningServer server = variant.start(config)) {
      System.out.println("listens on " + server.address());
    } catch (IOException failure) {
      System.out.println("refused: " + failure.getMessage());
    }
    System.out.println("threads left: " + Leftovers.threadsOf(variant));
    System.out.println("sockets left: " + (Leftovers.openSockets() - socketsBefore));
  }
}
