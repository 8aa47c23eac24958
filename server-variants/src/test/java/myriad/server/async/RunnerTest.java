package myriad.server.async;

import static myriad.server.async.Async.createTask;
import static myriad.server.async.Async.sleep;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RunnerTest extends AsyncTestCase {

  private static final Duration LONG = Duration.ofHours(1);

  @Test
  void aRunCancelsWhatItsMainCoroutineLeftBehind() throws Exception {
    run(
        () -> {
          createTask(() -> sleepAndTrace());
          turn();
        });
    assertTrace("cancelled: null", "finally");
  }

  @Test
  void aFailureWhileARunIsCleanedUpIsReported() throws Exception {
    run(
        () -> {
          createTask(
              () -> {
                try {
                  sleep(LONG);
                } finally {
                  throwIo();
                }
              });
          turn();
        });
    assertReported("exception while a run was cleaned up");
  }

  @Test
  void aFailureOfTheCleanUpIsSuppressedByTheOneOfTheCoroutine() {
    assertThatThrownBy(
            () ->
                run(
                    () -> {
                      createTask(this::stopTheLoopWhenCancelled);
                      turn();
                      throwIo();
                    }))
        .hasMessage("clean-up")
        .satisfies(
            failure ->
                assertThat(failure.getSuppressed())
                    .singleElement()
                    .isInstanceOf(IllegalStateException.class));
  }

  private void stopTheLoopWhenCancelled() {
    try {
      sleep(LONG);
    } finally {
      loop.stop();
      turns(3);
    }
  }

  private void sleepAndTrace() {
    try {
      sleep(LONG);
    } catch (CancelledError cancelled) {
      trace("cancelled: " + cancelled.getMessage());
      throw cancelled;
    } finally {
      trace("finally");
    }
  }

  private static void throwIo() throws IOException {
    throw new IOException("clean-up");
  }
}
