package myriad.server.async;

import org.jspecify.annotations.Nullable;

/**
 * Something that went wrong where no caller could be told.
 *
 * @param message what happened
 * @param exception what was thrown, if anything
 * @param source the handle, task or future that it concerns, if any
 * @param origin where the source was made; known in debug mode only
 */
public record ErrorReport(
    String message,
    @Nullable Throwable exception,
    @Nullable Object source,
    @Nullable Throwable origin) {

  /** Told of every report by the loop's thread; see {@link EventLoop#setExceptionHandler}. */
  @FunctionalInterface
  public interface Handler {
    void handle(EventLoop loop, ErrorReport report);
  }

  /** The report in one line, without stack traces. */
  public String summary() {
    StringBuilder summary = new StringBuilder(message);
    if (source != null) {
      summary.append(": ").append(source);
    }
    if (exception != null) {
      summary.append(": ").append(exception);
    }
    return summary.toString();
  }
}
