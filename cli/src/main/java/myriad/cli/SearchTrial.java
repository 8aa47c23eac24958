package myriad.cli;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import myriad.cli.CapacitySearch.Finding;
import myriad.cli.CapacitySearch.Outcome;
import myriad.cli.CapacitySearch.Step;
import myriad.loadgen.HostLimitException;
import myriad.loadgen.LoadPlan;
import myriad.loadgen.LoadResult;
import myriad.loadgen.LoadRun;
import myriad.results.RunResult;
import myriad.server.ServerVariant;

/** Makes the runs of a search, keeps each, and has it judged. Used by one thread. */
final class SearchTrial implements CapacitySearch.Trial {

  /** What is loaded. */
  sealed interface Target {
    String name();

    /** Where it listens; anywhere, if it is yet to be started. */
    List<? extends SocketAddress> addresses();
  }

  /** A server that runs already. */
  record Addresses(List<SocketAddress> addresses) implements Target {
    @Override
    public String name() {
      return LoadPlan.against(addresses).build().targetText();
    }
  }

  /**
   * A server of Myriad's, in a fresh JVM for every run.
   *
   * @param primed whether it is loaded before it counts
   */
  record Variant(ServerVariant server, boolean primed) implements Target {
    @Override
    public String name() {
      return server.id();
    }

    @Override
    public List<InetSocketAddress> addresses() {
      return List.of(LoadOptions.ANYWHERE);
    }
  }

  /** Makes the plan of a run. */
  @FunctionalInterface
  interface Plans {
    LoadPlan.Builder planFor(List<? extends SocketAddress> addresses, long value, Step step);
  }

  private final SearchJudgement judgement;
  private final Target target;
  private final Plans plans;
  private final LiveView view;
  private final Interruption interruption;
  private final RunOutput results;
  private final List<Optional<RunResult>> runs = new ArrayList<>();

  SearchTrial(
      SearchJudgement judgement,
      Target target,
      Plans plans,
      LiveView view,
      Interruption interruption,
      RunOutput results) {
    this.judgement = judgement;
    this.target = target;
    this.plans = plans;
    this.view = view;
    this.interruption = interruption;
    this.results = results;
  }

  /** Of every try, in order; empty for one that could not be run. */
  List<Optional<RunResult>> runs() {
    return List.copyOf(runs);
  }

  @Override
  public Finding at(Step step, long value, int attempt) throws Exception {
    if (interruption.requested()) {
      runs.add(Optional.empty());
      return new Finding(Outcome.INTERRUPTED, "not run");
    }
    LoadResult result;
    try {
      result = run(step, value);
    } catch (HostLimitException limit) {
      runs.add(Optional.empty());
      return new Finding(Outcome.INVALID, String.valueOf(limit.getMessage()));
    }
    Finding finding = judgement.of(result.run());
    RunResult noted = result.run().withNote(note(step, value, attempt, finding));
    runs.add(Optional.of(noted));
    view.end(noted);
    results.add(new LoadResult(noted, result.histograms()));
    return finding;
  }

  private LoadResult run(Step step, long value) throws Exception {
    return switch (target) {
      case Variant variant -> {
        int connections = plans.planFor(variant.addresses(), value, step).build().connections();
        begin(step, value, connections);
        yield new VariantRun(
                new PlannedRun(variant.server, connections, 1),
                (address, count) -> plans.planFor(List.of(address), value, step).connections(count),
                view,
                interruption,
                priming(variant))
            .run();
      }
      case Addresses known -> {
        LoadPlan plan = plans.planFor(known.addresses(), value, step).build();
        begin(step, value, plan.connections());
        LoadRun run = new LoadRun(plan, view);
        try (var _ = interruption.cancelling(run::interrupt)) {
          yield run.run();
        }
      }
    };
  }

  private void begin(Step step, long value, int connections) {
    String title =
        "%s, %s %s"
            .formatted(target.name(), step.name().toLowerCase(Locale.ROOT), Figures.count(value));
    view.begin(new LiveView.RunTitle(title, connections, 1, 1, Duration.ZERO));
  }

  /** The first run also compiles the code of the generator, which is this process. */
  private Duration priming(Variant variant) {
    if (!variant.primed) {
      return Duration.ZERO;
    }
    return Priming.length(LoadOptions.SHORT_WARMUP, runs.isEmpty());
  }

  private static String note(Step step, long value, int attempt, Finding finding) {
    return "search, %s at %s, try %d: %s, %s"
        .formatted(
            step.name().toLowerCase(Locale.ROOT),
            Figures.count(value),
            attempt,
            finding.outcome().name().toLowerCase(Locale.ROOT),
            finding.detail());
  }
}
