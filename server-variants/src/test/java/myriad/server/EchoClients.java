package myriad.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/** Several clients of one server, none of which is left open. */
final class EchoClients implements AutoCloseable {

  private final List<EchoClient> clients = new ArrayList<>();

  /** Connects {@code count} clients, one after the other. */
  static EchoClients connect(int count, InetSocketAddress server) throws IOException {
    EchoClients all = new EchoClients();
    try {
      for (int i = 0; i < count; i++) {
        all.clients.add(EchoClient.connect(server));
      }
      return all;
    } catch (IOException failure) {
      all.close();
      throw failure;
    }
  }

  List<EchoClient> all() {
    return clients;
  }

  /** Resets every connection, as fast as one thread can. */
  void reset() throws IOException {
    for (EchoClient client : clients) {
      client.reset();
    }
  }

  @Override
  public void close() throws IOException {
    for (EchoClient client : clients) {
      client.hangUp();
    }
  }
}
