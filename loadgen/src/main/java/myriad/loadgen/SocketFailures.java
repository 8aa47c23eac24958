package myriad.loadgen;

import io.netty.channel.ConnectTimeoutException;
import java.net.NoRouteToHostException;
import java.util.Locale;
import myriad.results.Counter;

/**
 * Which counter a socket's failure belongs to. Neither Netty's native transports nor the JDK's
 * sockets give the errno away, so it is told by the text of {@code strerror(3)} that both pass on.
 */
final class SocketFailures {

  private SocketFailures() {}

  static Counter ofConnect(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ConnectTimeoutException) {
        return Counter.CONNECT_TIMED_OUT;
      }
      if (cause instanceof NoRouteToHostException) {
        return Counter.CONNECT_UNREACHABLE;
      }
      Counter counter = ofText(String.valueOf(cause.getMessage()));
      if (counter != Counter.CONNECT_FAILED) {
        return counter;
      }
    }
    return Counter.CONNECT_FAILED;
  }

  static Counter ofOpenConnection(Throwable failure) {
    String text = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
    boolean reset = text.contains("reset") || text.contains("broken pipe");
    return reset ? Counter.RESET : Counter.IO_FAILED;
  }

  /** What the system said, as far down as there is something to read. */
  static String messageOf(Throwable failure) {
    String message = failure.getClass().getSimpleName();
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof NoRouteToHostException) {
        return "no route to host, or network unreachable";
      }
      message = cause.getMessage() == null ? message : cause.getMessage();
    }
    return message;
  }

  private static Counter ofText(String message) {
    String text = message.toLowerCase(Locale.ROOT);
    if (text.contains("connection refused")) {
      return Counter.CONNECT_REFUSED;
    }
    if (text.contains("too many open files")) {
      return Counter.NO_DESCRIPTORS;
    }
    if (text.contains("cannot assign requested address")
        || text.contains("address already in use")) {
      return Counter.NO_LOCAL_PORTS;
    }
    if (text.contains("unreachable") || text.contains("no route to host")) {
      return Counter.CONNECT_UNREACHABLE;
    }
    if (text.contains("timed out")) {
      return Counter.CONNECT_TIMED_OUT;
    }
    if (text.contains("reset")) {
      return Counter.RESET;
    }
    return Counter.CONNECT_FAILED;
  }
}
