package myriad.loadgen;

import myriad.results.RunResult.Outcome;

/**
 * One plan, run once against its target. {@link #run} is called once, by any thread, and blocks
 * until the run has ended; {@link #interrupt} may be called by any other thread at any time.
 */
public final class LoadRun {

  /**
   * Prepares a run; opens nothing yet.
   *
   * @param listener told of progress
   */
  public LoadRun(LoadPlan plan, LoadProgress.Listener listener) {
    throw new IllegalStateException("not wired yet: " + plan + listener);
  }

  /**
   * Connects, warms up, measures, and closes. Errors of the target are in the result, not thrown:
   * {@link Outcome#TARGET_FAILED} once there were more than the plan allows, or if no connection
   * could be made, or all were lost.
   *
   * @throws HostLimitException if this host cannot carry the plan, found before anything was opened
   */
  public LoadResult run() throws HostLimitException {
    throw new IllegalStateException("not wired yet");
  }

  /** Ends the run early: {@link #run} returns soon, with {@link Outcome#PARTIAL}. */
  public void interrupt() {}
}
