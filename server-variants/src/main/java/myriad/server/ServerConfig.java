package myriad.server;

import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * What a server is told, validated, immutable.
 *
 * @param bindAddress where to listen; port 0 lets the kernel choose
 * @param backlog connections the kernel may hold before accept; capped by {@code
 *     net.core.somaxconn}
 * @param threads event loops, or threads of a pool; {@link #VARIANT_DEFAULT} leaves it to the
 *     variant, and one that {@link ServerVariant#fixesItsThreads} ignores it
 * @param bufferBytes the most that is read at once, and the bound on unechoed bytes held for a
 *     connection by the server
 * @param sharedPort listen with {@code SO_REUSEPORT}, so that several processes share the port
 */
public record ServerConfig(
    InetSocketAddress bindAddress, int backlog, int threads, int bufferBytes, boolean sharedPort) {

  /** As {@link #threads}: the variant chooses. */
  public static final int VARIANT_DEFAULT = 0;

  public static final int DEFAULT_BACKLOG = 16_384;
  public static final int DEFAULT_BUFFER_BYTES = 16 * 1024;

  private static final int MIN_BUFFER_BYTES = 64;

  public ServerConfig {
    requireRange("backlog", backlog, 1, 1 << 20);
    requireRange("threads", threads, VARIANT_DEFAULT, 1 << 16);
    requireRange("bufferBytes", bufferBytes, MIN_BUFFER_BYTES, 1 << 24);
  }

  /** A loopback server on a port that the kernel chooses, with every other value at its default. */
  public static ServerConfig loopback() {
    return at(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  /** A server at {@code bindAddress}, with every other value at its default. */
  public static ServerConfig at(InetSocketAddress bindAddress) {
    return new ServerConfig(
        bindAddress, DEFAULT_BACKLOG, VARIANT_DEFAULT, DEFAULT_BUFFER_BYTES, false);
  }

  /**
   * How many threads to use.
   *
   * @param variantDefault the variant's own choice
   */
  public int threadsOr(int variantDefault) {
    return threads == VARIANT_DEFAULT ? variantDefault : threads;
  }

  public ServerConfig withThreads(int threads) {
    return new ServerConfig(bindAddress, backlog, threads, bufferBytes, sharedPort);
  }

  public ServerConfig withBacklog(int backlog) {
    return new ServerConfig(bindAddress, backlog, threads, bufferBytes, sharedPort);
  }

  public ServerConfig withBufferBytes(int bufferBytes) {
    return new ServerConfig(bindAddress, backlog, threads, bufferBytes, sharedPort);
  }

  public ServerConfig withSharedPort(boolean sharedPort) {
    return new ServerConfig(bindAddress, backlog, threads, bufferBytes, sharedPort);
  }

  private static void requireRange(String name, int value, int min, int max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(
          "%s is %,d; it takes %,d to %,d".formatted(name, value, min, max));
    }
  }
}
