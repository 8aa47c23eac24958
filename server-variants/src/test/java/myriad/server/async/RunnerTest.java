package myriad.server.async;

import static myriad.server.async.Async.createTask;
import static myriad.server.async.Async.sleep;

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
