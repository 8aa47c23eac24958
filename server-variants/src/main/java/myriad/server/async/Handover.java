package myriad.server.async;

import java.util.concurrent.CompletableFuture;

/** Gives the outcome of a loop's future to another thread. */
final class Handover {

  private Handover() {}

  /** Completes {@code target} with what {@code source} comes to. Called by the loop's thread. */
  static <T> void toThread(Future<T> source, CompletableFuture<T> target) {
    source.addDoneCallback(
        done -> {
          try {
            target.complete(done.result());
          } catch (CancelledError cancelled) {
            target.cancel(false);
          } catch (Throwable failure) {
            target.completeExceptionally(failure);
          }
        });
  }
}
