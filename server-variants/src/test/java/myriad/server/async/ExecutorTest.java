package myriad.server.async;

import static myriad.server.async.Async.runInExecutor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ExecutorTest extends AsyncTestCase {

  private final CountDownLatch gate = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);

  @Test
  void blockingCodeRunsInAnotherThreadAndItsResultComesBack() throws Exception {
    run(
        () -> {
          String thread = runInExecutor(() -> Thread.currentThread().getName()).await();
          assertThat(thread).startsWith("async-executor-");
        });
  }

  @Test
  void theLoopGoesOnWhileBlockingCodeBlocks() throws Exception {
    run(
        () -> {
          Future<Boolean> blocked = runInExecutor(this::passGate);
          turns(5);
          assertThat(blocked.isDone()).isFalse();
          gate.countDown();
          assertThat(blocked.await()).isTrue();
        });
  }

  @Test
  void anExceptionOfBlockingCodeArrivesItself() throws Exception {
    run(
        () -> {
          IOException failure = new IOException("disk");
          assertThatThrownBy(
                  () ->
                      runInExecutor(
                              () -> {
                                throw failure;
                              })
                          .await())
              .isSameAs(failure);
        });
  }

  @Test
  void aCancelledCallThatHasNotStartedNeverDoes() throws Exception {
    loop.setExecutorBounds(1, 10);
    run(
        () -> {
          Future<Boolean> running = runInExecutor(this::passGate);
          Future<Boolean> waiting =
              runInExecutor(
                  () -> {
                    trace("ran");
                    return true;
                  });
          waiting.cancel();
          turn();
          gate.countDown();
          running.await();
          assertThat(runInExecutor(() -> 1).await()).isEqualTo(1);
          assertTrace();
        });
  }

  @Test
  void aCancelledCallThatWaitsGivesItsPlaceUp() throws Exception {
    loop.setExecutorBounds(1, 1);
    run(
        () -> {
          Future<Boolean> running = runInExecutor(this::passGate);
          runInExecutor(this::passGate).cancel();
          Future<Boolean> inItsPlace = runInExecutor(this::passGate);
          gate.countDown();
          assertThat(running.await()).isTrue();
          assertThat(inItsPlace.await()).isTrue();
        });
  }

  @Test
  void aRunEndsAfterTheBlockingCodeThatItStarted() throws Exception {
    run(
        () -> {
          Future<Boolean> _ =
              runInExecutor(
                  () -> {
                    Thread.sleep(50);
                    ended.countDown();
                    return true;
                  });
        });
    assertThat(ended.getCount()).as("the call ended before the run").isZero();
  }

  @Test
  void theLoopServesBlockingCodeUntilThatHasEnded() throws Exception {
    run(
        () -> {
          Future<Boolean> _ =
              runInExecutor(
                  () -> {
                    loop.callSoonThreadsafe(
                        () -> {
                          trace("served");
                          gate.countDown();
                        });
                    return passGate();
                  });
        });
    assertTrace("served");
  }

  @Test
  void anInterruptEndsTheWaitForBlockingCode() throws Exception {
    Thread own = Thread.currentThread();
    run(
        () -> {
          Future<Boolean> _ =
              runInExecutor(
                  () -> {
                    ended.await(20, TimeUnit.SECONDS);
                    own.interrupt();
                    loop.callSoonThreadsafe(() -> {});
                    return passGate();
                  });
          loop.callSoon(() -> loop.callSoon(ended::countDown));
        });
    assertThat(Thread.interrupted()).as("the interrupt is passed on").isTrue();
    assertReported(
        "blocking code of runInExecutor still runs at the end of the run: give it a limit");
    gate.countDown();
  }

  @Test
  void moreCallsThanTheBoundAreRefusedWithAdvice() throws Exception {
    loop.setExecutorBounds(1, 1);
    run(
        () -> {
          List<Future<Boolean>> accepted =
              List.of(runInExecutor(this::passGate), runInExecutor(this::passGate));
          assertThatExceptionOfType(RejectedExecutionException.class)
              .isThrownBy(() -> runInExecutor(this::passGate))
              .withMessageContaining("Semaphore");
          gate.countDown();
          Async.wait(accepted);
        });
  }

  @Test
  void boundsAreValidatedAndFixedByTheFirstUse() throws Exception {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> loop.setExecutorBounds(0, 1))
        .withMessageContaining("1 and more");
    run(
        () -> {
          runInExecutor(() -> 1).await();
          assertThatIllegalStateException()
              .isThrownBy(() -> loop.setExecutorBounds(2, 2))
              .withMessageContaining("before the first");
        });
  }

  @Test
  void aCallThatEndsAfterItsLoopWasClosedDoesNoHarm() throws Exception {
    loop.runUntilComplete(
        () ->
            loop.runInExecutor(
                    () -> {
                      passGate();
                      ended.countDown();
                      return true;
                    })
                .isDone());
    loop.close();
    gate.countDown();
    assertThat(ended.await(20, TimeUnit.SECONDS)).as("the call ended").isTrue();
  }

  private boolean passGate() throws InterruptedException {
    return gate.await(20, TimeUnit.SECONDS);
  }
}
