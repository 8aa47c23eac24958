package myriad.server.async;

import static myriad.server.async.Async.createTask;
import static myriad.server.async.Async.sleep;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class DebugTest extends AsyncTestCase {

  @Test
  void aCallbackSlowerThanTheLimitIsReportedWithItsOrigin() {
    loop.setDebug(true);
    loop.setSlowCallback(Duration.ZERO);
    scheduleSomething();
    loop.stop();
    loop.runForever();

    assertThat(reports.getFirst().message()).startsWith("a callback held the loop for");
    assertThat(Arrays.toString(stackOf(reports.getFirst()))).contains("scheduleSomething");
  }

  @Test
  void aCallbackIsSlowFromAHundredMillisecondsOn() {
    loop.setDebug(true);
    loop.callSoon(() -> passTime(Duration.ofNanos(99_999_999)));
    loop.stop();
    loop.runForever();
    assertThat(reports).isEmpty();

    loop.callSoon(() -> passTime(Duration.ofMillis(100)));
    loop.stop();
    loop.runForever();
    assertReported("a callback held the loop for 100 ms");
  }

  @Test
  void theReportOfASlowTaskNamesIt() throws Exception {
    loop.setDebug(true);
    run(
        () -> {
          Task<Void> slow = createTask("slowpoke", () -> passTime(Duration.ofMillis(150)));
          slow.await();
          assertReported("a task held the loop for 150 ms");
          assertThat(reports.getFirst().source()).isSameAs(slow);
          assertThat(reports.getFirst().summary()).contains("slowpoke");
          assertThat(Arrays.toString(stackOf(reports.getFirst()))).contains("DebugTest");
        });
  }

  @Test
  void aSlowCallbackThatThrowsIsReportedForBoth() {
    loop.setDebug(true);
    loop.callSoon(
        () -> {
          passTime(Duration.ofMillis(100));
          throw new IllegalStateException("slow and wrong");
        });
    loop.stop();
    loop.runForever();

    assertThat(reports)
        .extracting(ErrorReport::message)
        .containsExactly("a callback held the loop for 100 ms", "exception in a callback");
  }

  @Test
  void aFastCallbackIsNotReported() {
    loop.setDebug(true);
    loop.setSlowCallback(Duration.ofHours(1));
    scheduleSomething();
    loop.stop();
    loop.runForever();

    assertThat(reports).isEmpty();
  }

  @Test
  void withoutDebugModeNothingIsTimedAndNoOriginIsKept() {
    loop.setSlowCallback(Duration.ZERO);
    Handle handle = loop.callSoon(() -> {});
    loop.stop();
    loop.runForever();

    assertThat(handle.origin).isNull();
    assertThat(reports).isEmpty();
  }

  @Test
  void anExceptionNeverRetrievedIsReportedOnceItsFutureIsGarbage() throws Exception {
    run(
        () -> {
          failUnheard();
          turn();
          assertThat(reports).isEmpty();
          awaitReport("exception never retrieved");
        });
    assertThat(reports.getFirst().exception()).hasMessage("unheard");
  }

  @Test
  void anExceptionNeverRetrievedIsReportedAtTheLatestWhenTheLoopIsClosed() throws Exception {
    run(
        () -> {
          failUnheard();
          turn();
        });
    loop.close();
    assertReported("exception never retrieved");
  }

  @Test
  void anExceptionThatWasAskedForIsNotReported() throws Exception {
    run(
        () -> {
          Future<Integer> future = loop.createFuture();
          future.setException(new IOException("heard"));
          assertThatThrownBy(future::await).hasMessage("heard");
        });
    loop.close();
    assertThat(reports).isEmpty();
  }

  @Test
  void aCoroutineNeverAwaitedIsReportedInDebugMode() throws Exception {
    loop.setDebug(true);
    loop.setSlowCallback(Duration.ofHours(1));
    run(
        () -> {
          Async.coroutine("forgotten", () -> 1);
          awaitReport("coroutine never awaited");
        });
    assertThat(reports.getFirst().source()).isEqualTo("forgotten");
  }

  @Test
  void aCoroutineThatWasAwaitedIsNotReported() throws Exception {
    loop.setDebug(true);
    run(() -> assertThat(Async.coroutine("awaited", () -> 1).await()).isEqualTo(1));
    loop.close();
    assertThat(reports).isEmpty();
  }

  @Test
  void aCoroutineCannotBeAwaitedTwice() throws Exception {
    run(
        () -> {
          Awaitable<Integer> once = Async.coroutine("once", () -> 1);
          once.await();
          assertThatIllegalStateException()
              .isThrownBy(once::await)
              .withMessageContaining("awaited already");
        });
  }

  @Test
  void aTaskThatNeverStartedIsReportedWhenTheLoopIsClosed() {
    loop.createTask(() -> 1);
    loop.close();

    assertThat(reports.getFirst().message()).startsWith("coroutine never awaited");
  }

  @Test
  void aTaskThatIsPendingIsReportedWhenTheLoopIsClosed() {
    loop.createTask(
        () -> {
          sleep(Duration.ofHours(1));
          return 1;
        });
    loop.stop();
    loop.runForever();
    loop.close();

    assertThat(reports.getFirst().message()).startsWith("task was pending");
  }

  @Test
  void awaitInsideSynchronizedIsRefusedInDebugMode() throws Exception {
    assumeThat(carrier)
        .as("the JVM tells which monitors a platform thread holds, but not a virtual one")
        .isInstanceOf(ContinuationCarrier.class);
    loop.setDebug(true);
    Object monitor = new Object();
    run(
        () -> {
          synchronized (monitor) {
            assertThatIllegalStateException()
                .isThrownBy(AsyncTestCase::turn)
                .withMessageContaining("synchronized")
                .withMessageContaining("Lock");
          }
          turn();
        });
  }

  @Test
  void aDumpTellsOfEachTaskWhereItWaitsAndForWhat() throws Exception {
    run(
        () -> {
          createTask("sleeper", () -> sleepHere());
          createTask("reader", () -> new Queue<Integer>().get());
          turn();
          createTask("fresh", () -> 1);
          assertThat(loop.dumpTasks())
              .contains("sleeper waits for Future[pending]")
              .contains("DebugTest.sleepHere")
              .contains("Queue.get")
              .contains("fresh has not started")
              .contains(" runs");
        });
  }

  @Test
  void inDebugModeADumpTellsWhereATaskWasMade() throws Exception {
    loop.setDebug(true);
    run(
        () -> {
          createTask("sleeper", () -> sleepHere());
          turn();
          assertThat(loop.dumpTasks()).contains("made at");
        });
  }

  private void passTime(Duration duration) {
    ((VirtualTime) loop.poller()).advance(duration);
  }

  private void scheduleSomething() {
    loop.callSoon(() -> trace("ran"));
  }

  private void failUnheard() {
    loop.<Integer>createFuture().setException(new IOException("unheard"));
  }

  private static void sleepHere() {
    sleep(Duration.ofHours(1));
  }

  /** Collects garbage, turn by turn, until the loop has noticed. */
  private void awaitReport(String message) {
    long start = System.nanoTime();
    while (reports.isEmpty()) {
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .as("waiting for the report: " + message)
          .isLessThan(Duration.ofSeconds(20));
      System.gc();
      turn();
    }
    assertReported(message);
  }

  private static StackTraceElement[] stackOf(ErrorReport report) {
    Throwable origin = report.origin();
    return origin == null ? new StackTraceElement[0] : origin.getStackTrace();
  }
}
