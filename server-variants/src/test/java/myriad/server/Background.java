package myriad.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Work of tests on threads of their own, whose failures are not lost. */
final class Background {

  private Background() {}

  @FunctionalInterface
  interface Work {
    void run() throws IOException;
  }

  static CompletableFuture<Void> run(Work work) {
    return CompletableFuture.runAsync(
        () -> {
          try {
            work.run();
          } catch (IOException failure) {
            throw new UncheckedIOException(failure);
          }
        },
        task -> Thread.ofPlatform().start(task));
  }

  /** Waits for all of it, never longer than {@link Await#LIMIT}; throws the first failure. */
  static void await(List<CompletableFuture<Void>> work) {
    CompletableFuture.allOf(work.toArray(CompletableFuture[]::new))
        .orTimeout(Await.LIMIT.toMillis(), TimeUnit.MILLISECONDS)
        .join();
  }
}
