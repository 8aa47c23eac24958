package myriad.server.async;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OtherThreadsTest extends AsyncTestCase {

  @Test
  void aLoopCannotRunInTwoThreads() throws Exception {
    run(
        () -> {
          CompletableFuture<Void> second = CompletableFuture.runAsync(loop::runForever);
          assertThatThrownBy(() -> second.get(10, TimeUnit.SECONDS))
              .hasRootCauseInstanceOf(IllegalStateException.class)
              .hasMessageContaining("runs in another thread");
        });
  }

  @Test
  void aCallFromAnotherThreadWakesALoopThatWaits() throws Exception {
    Thread other = new Thread(() -> loop.callSoonThreadsafe(loop::stop));
    loop.callSoon(other::start);
    loop.runForever();
    other.join(10_000);

    assertThat(other.isAlive()).isFalse();
  }

  @Test
  void callsFromAnotherThreadKeepTheirOrder() throws Exception {
    Thread other =
        new Thread(
            () -> {
              IntStream.range(0, 1_000).forEach(i -> loop.callSoonThreadsafe(() -> trace(i)));
              loop.callSoonThreadsafe(loop::stop);
            });
    loop.callSoon(other::start);
    loop.runForever();

    assertThat(trace).isEqualTo(IntStream.range(0, 1_000).boxed().toList());
  }

  @Test
  void aThreadsafeCallFromTheLoopsOwnThreadQueuesBehindEarlierCalls() {
    loop.callSoon(
        () -> {
          loop.callSoon(() -> trace("soon"));
          loop.callSoonThreadsafe(() -> trace("threadsafe"));
          loop.callSoon(loop::stop);
        });
    loop.runForever();

    assertTrace("soon", "threadsafe");
  }

  @Test
  void anotherThreadIsRefusedAndToldWhatToUse() throws Exception {
    run(
        () -> {
          assertRefused(() -> loop.callSoon(() -> {}));
        });
  }

  @Test
  void aThreadWithoutALoopIsToldHowToStartOne() {
    assertThatIllegalStateException()
        .isThrownBy(EventLoop::running)
        .withMessageContaining("Async.run");
  }

  @Test
  void anotherThreadMayNotCancelATimer() throws Exception {
    run(
        () -> {
          TimerHandle timer = loop.callLater(ms(1_000), () -> {});
          assertRefused(timer::cancel);
          assertThat(timer.isCancelled()).isFalse();
        });
  }

  @Test
  void anotherThreadMayNotTakeADoneCallbackOff() throws Exception {
    run(
        () -> {
          Future<Integer> future = loop.createFuture();
          Consumer<Future<Integer>> callback = done -> trace("callback");
          future.addDoneCallback(callback);
          assertRefused(() -> future.removeDoneCallback(callback));
          future.setResult(1);
          turn();
          assertTrace("callback");
        });
  }

  @Test
  void anotherThreadMayNotCancelAGather() throws Exception {
    run(
        () -> {
          Future<List<Integer>> gathered = Async.gather(loop.<Integer>createFuture());
          assertRefused(gathered::cancel);
        });
  }

  @Test
  void anotherThreadMayNotTakeACancelRequestBack() throws Exception {
    run(() -> assertRefused(Task.current("a test")::uncancel));
  }

  private static void assertRefused(Runnable touch) {
    CompletableFuture<Void> other = CompletableFuture.runAsync(touch);
    assertThatThrownBy(() -> other.get(10, TimeUnit.SECONDS))
        .hasRootCauseInstanceOf(WrongThreadException.class)
        .hasMessageContaining("callSoonThreadsafe");
  }
}
