package myriad.loadgen;

import java.util.SplittableRandom;
import myriad.results.Counter;
import org.jspecify.annotations.Nullable;

/**
 * The open loop's part of an event loop: when a message is due it goes to the connection whose turn
 * it is, or to any, where connections are independent of each other: a Poisson process whose events
 * are dealt out by chance is one on each of them. While no connection takes any, messages wait
 * here, the oldest first; their wait counts in response time, and none is left out. Every method
 * runs on the event loop.
 */
final class Dispatcher {

  private final LoopCounters counters;
  private final Measurements measurements;
  private final ConnectionPool connections;
  private final int depth;

  /** Intended send times of the messages that no connection could take. */
  private LongRing waiting = new LongRing();

  /** Chooses the connection; null where they take turns. */
  private final @Nullable SplittableRandom choice;

  private ArrivalSchedule schedule = ArrivalSchedule.nothing();

  /**
   * A dispatcher with nothing to do yet.
   *
   * @param loop which loop this is, from 0
   */
  Dispatcher(
      LoadPlan plan,
      int loop,
      ConnectionPool connections,
      LoopCounters counters,
      Measurements measurements) {
    this.connections = connections;
    this.depth = plan.pipelineDepth();
    this.choice =
        plan.arrivals() instanceof Arrivals.OpenLoop open
                && open.spacing() == Arrivals.Spacing.POISSON
            ? new SplittableRandom(~(open.seed() + loop))
            : null;
    this.counters = counters;
    this.measurements = measurements;
  }

  /** Messages are due by {@code schedule} too from now on. */
  void start(ArrivalSchedule schedule) {
    this.schedule = ArrivalSchedule.both(this.schedule, schedule);
  }

  /**
   * Leaves the schedule and the messages that wait to another dispatcher, by its {@link #takeOver}.
   */
  Share handOver() {
    Share share = new Share(schedule, waiting);
    schedule = ArrivalSchedule.nothing();
    waiting = new LongRing();
    return share;
  }

  /** Sees to the share of another dispatcher beside its own, from now on. */
  void takeOver(Share share, long nowNs) {
    start(share.schedule);
    while (!share.waiting.isEmpty()) {
      offer(share.waiting.remove(), nowNs);
    }
  }

  /** What one dispatcher leaves to another. */
  record Share(ArrivalSchedule schedule, LongRing waiting) {}

  /**
   * Nothing new is due from now on. What was due by {@code nowNs} and not come to is counted, and
   * its wait until now is in response time: left out, the longest waits would be missing there.
   */
  void stop(long nowNs) {
    for (; schedule.dueNs() <= nowNs; schedule.advance()) {
      counters.increment(Counter.NOT_DISPATCHED);
      measurements.neverCameBack(schedule.dueNs(), nowNs);
    }
    schedule = ArrivalSchedule.nothing();
  }

  long nextDueNs() {
    return schedule.dueNs();
  }

  /** Messages that wait for a connection. */
  int waiting() {
    return waiting.size();
  }

  /** Hands over every message that is due by {@code nowNs}. */
  void runDue(long nowNs) {
    while (schedule.dueNs() <= nowNs) {
      long intendedNs = schedule.dueNs();
      schedule.advance();
      long dispatchedNs = System.nanoTime();
      measurements.lag(intendedNs, dispatchedNs);
      offer(intendedNs, dispatchedNs);
    }
  }

  /** Sends a message on the connection whose turn it is, or has it wait behind all others. */
  void offer(long intendedNs, long nowNs) {
    EchoConnection connection = waiting.isEmpty() ? choose() : null;
    if (connection == null) {
      waiting.add(intendedNs);
      return;
    }
    connection.offer(intendedNs, nowNs, depth);
    connection.flush();
  }

  private @Nullable EchoConnection choose() {
    return choice == null ? connections.next() : connections.any(choice);
  }

  /** Has a connection send what waits here, as far as it may at once. */
  void serve(EchoConnection connection, long nowNs) {
    while (!waiting.isEmpty() && connection.work().hasRoom(depth)) {
      connection.offer(waiting.remove(), nowNs, depth);
    }
  }

  /** The run ends: what waits here is not sent any more. */
  void giveUp(long nowNs) {
    counters.add(Counter.UNSENT_AT_END, waiting.size());
    while (!waiting.isEmpty()) {
      measurements.neverCameBack(waiting.remove(), nowNs);
    }
  }
}
