package myriad.server.yardstick;

import java.io.IOException;
import myriad.server.RunningServer;
import myriad.server.ServerConfig;
import myriad.server.ServerVariant;
import myriad.server.VariantCatalog;

/** Serves the variant named by its argument, says its port, and ends with its standard input. */
final class YardstickServer {

  private YardstickServer() {}

  public static void main(String[] arguments) throws IOException {
    ServerVariant variant = VariantCatalog.find(arguments[0]).orElseThrow();
    try (RunningServer server = variant.start(ServerConfig.loopback())) {
      System.out.println(server.address().getPort());
      int _ = System.in.read();
    }
    System.exit(0);
  }
}
