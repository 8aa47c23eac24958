package myriad.server.yardstick;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import myriad.server.RunningServer;
import myriad.server.ServerConfig;
import myriad.server.ServerVariant;
import myriad.server.VariantCatalog;

/**
 * Serves the variant named by its argument, says its port, collects garbage at each line of its
 * standard input and says so, and ends with it.
 */
final class YardstickServer {

  private YardstickServer() {}

  public static void main(String[] arguments) throws IOException {
    ServerVariant variant = VariantCatalog.find(arguments[0]).orElseThrow();
    try (RunningServer server = variant.start(ServerConfig.loopback())) {
      System.out.println(server.address().getPort());
      BufferedReader commands =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
      while (commands.readLine() != null) {
        System.gc();
        System.out.println("collected");
      }
    }
    System.exit(0);
  }
}
