package myriad.cli;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import myriad.loadgen.HostLimitException;
import myriad.loadgen.LoadPlan;
import myriad.loadgen.LoadProgress;
import myriad.loadgen.LoadResult;
import myriad.loadgen.LoadRun;
import myriad.loadgen.TargetHeap;
import myriad.results.RunResult;
import myriad.results.RunResult.Outcome;
import myriad.server.Availability.Unavailable;
import myriad.server.ServerConfig;

/**
 * One run of one variant: a fresh server process is started, primed, loaded, and stopped. Used by
 * one thread.
 */
final class VariantRun {

  private static final Duration SETTLE_DEADLINE = Duration.ofSeconds(10);
  private static final Duration DEATH_GRACE = Duration.ofMillis(500);

  private final PlannedRun planned;
  private final PlanSource plans;
  private final LiveView view;
  private final Interruption interruption;
  private final Duration priming;

  /** Makes the plan of a run, once its target is known. */
  @FunctionalInterface
  interface PlanSource {
    LoadPlan.Builder planFor(InetSocketAddress target, int connections);
  }

  /**
   * A run that is yet to be made.
   *
   * @param priming how long the server is loaded before it counts
   */
  VariantRun(
      PlannedRun planned,
      PlanSource plans,
      LiveView view,
      Interruption interruption,
      Duration priming) {
    this.priming = priming;
    this.planned = planned;
    this.plans = plans;
    this.view = view;
    this.interruption = interruption;
  }

  /**
   * Runs it. What the server lacks is in the result, not thrown.
   *
   * @throws HostLimitException if the host cannot carry the load
   */
  LoadResult run() throws InterruptedException, HostLimitException {
    if (planned.variant().probe(ServerConfig.loopback()) instanceof Unavailable unavailable) {
      return without(Outcome.SKIPPED, VariantChoice.explain(unavailable));
    }
    view.activity("starting the server");
    try (ServerProcess server = ServerProcess.launch(planned.variant().id(), List.of())) {
      InetSocketAddress target = awaitReady(server);
      view.activity("priming the server");
      Priming.of(plans, target, planned.connections(), priming, interruption);
      LoadPlan plan = plans.planFor(target, planned.connections()).serverPid(server.pid()).build();
      RunCounters counters = new RunCounters(server);
      LoadResult load = load(plan, view, counters);
      ServerEnd end = stop(server, load.run());
      Outcome outcome = VariantResults.outcomeInSweep(load.run(), plan.maxErrors(), end);
      return VariantResults.of(planned.label(), load, outcome, counters.ofRun(), end.findings());
    } catch (IOException e) {
      return without(
          interruption.requested() ? Outcome.PARTIAL : Outcome.TARGET_FAILED,
          String.valueOf(e.getMessage()));
    }
  }

  private InetSocketAddress awaitReady(ServerProcess server)
      throws IOException, InterruptedException {
    try (var _ = interruption.cancelling(server::kill)) {
      return server.awaitReady(TargetServer.READY_DEADLINE);
    }
  }

  /** Stops a server that {@code run} was the last load of, unless it has ended by itself. */
  static ServerEnd stop(TargetServer server, RunResult run) throws InterruptedException {
    String ended = server.endedBecause(graceAfter(run));
    return ended.isEmpty() ? server.stop() : ServerEnd.early(ended);
  }

  /** How long a server may be dying that a load has just left. */
  static Duration graceAfter(RunResult run) {
    boolean suspect = run.outcome() == Outcome.TARGET_FAILED || run.connections().lost() > 0;
    return suspect ? DEATH_GRACE : Duration.ZERO;
  }

  /**
   * The heap of a server that is asked; nothing if it does not answer. It answers soon, so that an
   * interruption waits for it: the load it interrupts would take a dead server for one that failed.
   */
  static OptionalLong heapOf(TargetServer server) {
    try {
      return server.settle(SETTLE_DEADLINE);
    } catch (IOException endedOrHangs) {
      // The load tells what has become of the server.
      return OptionalLong.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return OptionalLong.empty();
    }
  }

  private LoadResult load(LoadPlan plan, LoadProgress.Listener listener, TargetHeap heap)
      throws HostLimitException {
    LoadRun run = new LoadRun(plan, listener, heap);
    try (var _ = interruption.cancelling(run::interrupt)) {
      return run.run();
    }
  }

  private LoadResult without(Outcome outcome, String note) {
    LoadPlan plan = plans.planFor(LoadOptions.ANYWHERE, planned.connections()).build();
    return VariantResults.withoutLoad(planned.label(), plan, outcome, note);
  }
}
