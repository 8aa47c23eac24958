package myriad.loadgen;

import io.netty.channel.ConnectTimeoutException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.NoRouteToHostException;
import java.util.Locale;
import myriad.results.Counter;
import myriad.results.ErrorRemedies;
import org.jspecify.annotations.Nullable;

/**
 * Which counter a socket's failure belongs to. Neither Netty's native transports nor the JDK's
 * sockets give the errno away, so it is told by the text of {@code strerror(3)} that both pass on.
 */
final class SocketFailures {

  /** EAGAIN, which {@code connect(2)} says of a Unix domain socket whose backlog is full. */
  private static final String BACKLOG_FULL = "resource temporarily unavailable";

  private static final String NO_SUCH_FILE = "no such file or directory";

  /** ENOSPC, which of all calls that connect epoll_ctl(2) alone says: of its watches. */
  private static final String NO_WATCH_LEFT = "no space left on device";

  private SocketFailures() {}

  /** Whether it is the network or the target that failed; else it is a fault of Myriad. */
  static boolean isOfConnection(Throwable failure) {
    for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof IOException) {
        return true;
      }
    }
    return false;
  }

  /**
   * What to do about errors of a kind.
   *
   * @param example what the system said of the first of them
   */
  static String remedyFor(Counter kind, String example) {
    String text = example.toLowerCase(Locale.ROOT);
    if (kind == Counter.CONNECT_FAILED && text.contains(BACKLOG_FULL)) {
      return "the target's listen queue was full: slow the connects (--connect-rate), or raise its"
          + " backlog and net.core.somaxconn";
    }
    if (kind == Counter.NO_KERNEL_RESOURCES && text.contains(NO_WATCH_LEFT)) {
      return "raise fs.epoll.max_user_watches, or ask for fewer -c";
    }
    return kind == Counter.CONNECT_FAILED && text.contains(NO_SUCH_FILE)
        ? "start the target, or check the path of its socket"
        : ErrorRemedies.of(kind);
  }

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
      if (cause instanceof FileNotFoundException && cause.getMessage() == null) {
        return NO_SUCH_FILE;
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
    if (text.contains("cannot allocate memory")
        || text.contains("no buffer space available")
        || text.contains(NO_WATCH_LEFT)) {
      return Counter.NO_KERNEL_RESOURCES;
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
