package myriad.server.async;

import java.time.Duration;

/** Waiting for time to pass. */
final class Sleep {

  private Sleep() {}

  static void forDuration(Duration duration) {
    Task<?> task = Task.current("sleep");
    if (duration.isZero() || duration.isNegative()) {
      task.giveWay();
      return;
    }
    Future<Void> elapsed = new Future<>(task.loop());
    TimerHandle timer = task.loop().callLater(duration, () -> Waiters.wake(elapsed));
    try {
      Waiters.await(elapsed);
    } finally {
      timer.cancel();
    }
  }
}
