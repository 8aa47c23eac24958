package myriad.server.async;

/** A {@link Handle} that is due at a time of its loop's clock. */
public final class TimerHandle extends Handle implements Comparable<TimerHandle> {

  private final EventLoop loop;
  private final long whenNanos;
  private final long sequence;

  /** Whether it still waits for its time. */
  boolean scheduled = true;

  TimerHandle(EventLoop loop, Runnable callback, Context context, long whenNanos, long sequence) {
    super(loop, callback, context);
    this.loop = loop;
    this.whenNanos = whenNanos;
    this.sequence = sequence;
  }

  /** When it is due, on the clock of {@link EventLoop#timeNanos}. */
  public long whenNanos() {
    return whenNanos;
  }

  @Override
  public void cancel() {
    loop.requireOwnThread();
    if (!isCancelled()) {
      super.cancel();
      if (scheduled) {
        loop.timers().noteCancelled();
      }
    }
  }

  /** By time, and by order of scheduling among equal times. */
  @Override
  public int compareTo(TimerHandle other) {
    // The clock's zero is arbitrary, so only differences mean anything.
    int byTime = Long.signum(whenNanos - other.whenNanos);
    return byTime != 0 ? byTime : Long.compare(sequence, other.sequence);
  }

  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }
}
