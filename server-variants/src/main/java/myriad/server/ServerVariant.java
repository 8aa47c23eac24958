package myriad.server;

import java.io.IOException;
import java.util.OptionalInt;

/**
 * One echo server built on one concurrency model. Stateless: every {@link #start} makes an
 * independent server.
 *
 * <p>Every variant echoes bytes verbatim; survives descriptors running out at accept (counts it,
 * backs off, goes on), half-close (echoes what is left, then closes), resets and slow readers
 * (stops reading from a peer that does not read, so that memory a connection is bounded); and stops
 * within its deadline. {@code ServerVariantContractTest} holds each of them to that.
 */
public interface ServerVariant {

  /** The name a user types, in lower case, such as {@code thread-per-connection}. */
  String id();

  /** The concurrency model in one line: what blocks, what wakes. */
  String model();

  /** What the variant asks of the host, in one line, such as {@code Linux, netty native epoll}. */
  String needs();

  /**
   * Finds out, by using it, whether this variant can run on this host now, as {@code config} asks:
   * the limits of threads and descriptors bear what the server has from the start, or at its {@link
   * #capacity}. Cheap enough to call for a listing; throws nothing.
   */
  Availability probe(ServerConfig config);

  /**
   * How many connections are served at once by a server with this configuration; further ones are
   * connected, and wait unanswered until an earlier one ends. Empty where only the host is a bound.
   */
  default OptionalInt capacity(ServerConfig config) {
    return OptionalInt.empty();
  }

  /**
   * Whether the model itself says how many threads there are, so that {@link
   * ServerConfig#threads()} has no say.
   */
  default boolean fixesItsThreads() {
    return false;
  }

  /**
   * Binds, listens and serves. On return the server accepts connections; on an exception nothing is
   * left behind: no thread, no descriptor.
   *
   * @throws IOException if the address cannot be bound or the host refuses a resource
   */
  RunningServer start(ServerConfig config) throws IOException;
}
