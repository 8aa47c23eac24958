package myriad.loadgen;

import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.util.Locale;
import myriad.results.Counter;
import org.jspecify.annotations.Nullable;

/** What a failed handshake counts as, and in a line what it means and what would help. */
final class TlsFailures {

  private TlsFailures() {}

  static Counter kind(Throwable failure) {
    return failure instanceof SslHandshakeTimeoutException
        ? Counter.CONNECT_TIMED_OUT
        : Counter.TLS_FAILED;
  }

  static String explain(Throwable failure) {
    if (failure instanceof SslHandshakeTimeoutException) {
      return "no handshake within the connect timeout";
    }
    String text = texts(failure).toLowerCase(Locale.ROOT);
    if (has(failure, NotSslRecordException.class)) {
      return "what the target answered is no TLS: leave out --tls, or give the port that speaks it";
    }
    if (text.contains("certification path") || text.contains("trust anchor")) {
      return "nobody trusted here signed the target's certificate: give who did with --tls-ca FILE,"
          + " or do not verify with --tls-insecure";
    }
    if (text.contains("subject alternative") || text.contains("no name matching")) {
      return "the target's certificate is for another name (%s): give its name with --tls-name, or do not verify with --tls-insecure"
          .formatted(rootMessage(failure));
    }
    if (text.contains("expired") || text.contains("notafter") || text.contains("notbefore")) {
      return "the target's certificate is not valid now (%s): renew it, or do not verify with --tls-insecure"
          .formatted(rootMessage(failure));
    }
    if (has(failure, ClosedChannelException.class) || text.contains("closed")) {
      return "the target closed the connection: does it speak TLS on this port?";
    }
    return rootMessage(failure);
  }

  private static boolean has(Throwable failure, Class<? extends Throwable> kind) {
    for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (kind.isInstance(cause)) {
        return true;
      }
    }
    return false;
  }

  private static String texts(Throwable failure) {
    StringBuilder texts = new StringBuilder();
    for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
      texts.append(cause.getMessage()).append('\n');
    }
    return texts.toString();
  }

  private static String rootMessage(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage()).lines().findFirst().orElse("");
  }
}
