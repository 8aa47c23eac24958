package myriad.server.async;

import org.jspecify.annotations.Nullable;

/** A callback that a loop was asked to run; can be cancelled until then. Owned by the loop. */
public class Handle {

  final Context context;

  /** Where it was scheduled; known in debug mode only. */
  final @Nullable Throwable origin;

  private final Runnable callback;
  private boolean cancelled;

  Handle(EventLoop loop, Runnable callback, Context context) {
    this.callback = callback;
    this.context = context;
    this.origin = loop.debug().originOfHandle();
  }

  /** The loop skips the callback. Does nothing once it has run. */
  public void cancel() {
    cancelled = true;
  }

  public final boolean isCancelled() {
    return cancelled;
  }

  final Runnable callback() {
    return callback;
  }

  @Override
  public String toString() {
    return "Handle[%s%s]".formatted(callback, cancelled ? ", cancelled" : "");
  }
}
