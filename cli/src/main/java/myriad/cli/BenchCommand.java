package myriad.cli;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import myriad.cli.values.CountConverter;
import myriad.cli.values.DurationConverter;
import myriad.loadgen.HostCheck;
import myriad.loadgen.HostLimitException;
import myriad.loadgen.LoadPlan;
import myriad.loadgen.LoadResult;
import myriad.results.SweepResult;
import myriad.server.ServerVariant;
import myriad.server.VariantCatalog;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code myriad bench}: every variant at every connection count, each in a fresh JVM. */
@Command(
    name = "bench",
    description = {
      "Compare variants: a sweep over servers and connection counts.",
      "Without another load model, every server gets 10,000 messages a second; --closed-loop asks"
          + " for the most that server and generator together can do."
    },
    sortOptions = false,
    mixinStandardHelpOptions = true,
    versionProvider = Myriad.Version.class)
final class BenchCommand implements Callable<Integer> {

  /** Of a run, beside its warm-up (twice) and measured time: start, connect, close, stop. */
  private static final Duration USUAL_OVERHEAD = Duration.ofSeconds(2);

  @Option(
      names = "--variants",
      paramLabel = "VARIANT",
      completionCandidates = VariantChoice.Ids.class,
      split = ",",
      description = "Which servers, such as epoll,nio-selector. Default: all.")
  private List<String> variantIds = List.of();

  @Option(
      names = "--require",
      paramLabel = "VARIANT",
      completionCandidates = VariantChoice.Ids.class,
      split = ",",
      description = "Servers that must be able to run here; one that cannot ends it, with code 3.")
  private List<String> requiredIds = List.of();

  @Option(
      names = {"-c", "--connections"},
      paramLabel = "COUNT",
      split = ",",
      defaultValue = "100,1k,10k",
      converter = CountConverter.class,
      description = "Connections, one count or several. Default: ${DEFAULT-VALUE}.")
  private List<Integer> connections;

  @Option(
      names = {"-d", "-T", "--duration"},
      paramLabel = "TIME",
      defaultValue = "1s",
      converter = DurationConverter.class,
      description = "Measured time of a run. Default: ${DEFAULT-VALUE}.")
  private Duration duration;

  @Option(
      names = "--repeats",
      paramLabel = "COUNT",
      defaultValue = "1",
      converter = CountConverter.class,
      description = "Runs of each variant and count. Default: ${DEFAULT-VALUE}.")
  private int repeats;

  @Mixin private LoadOptions load;
  @Mixin private ThresholdOptions thresholds;
  @Mixin private OutputOptions output;
  @Spec private CommandSpec spec;

  private final Interruption interruption = new Interruption();

  @Override
  public Integer call() throws Exception {
    load.rateByDefault(LoadOptions.COMPARISON_RATE_PER_SECOND);
    load.warmupByDefault(LoadOptions.SHORT_WARMUP);
    List<ServerVariant> variants = variants();
    thresholds.requireVariantsOf(
        variants.stream().map(ServerVariant::id).collect(Collectors.toCollection(TreeSet::new)));
    List<PlannedRun> sweep = PlannedRun.sweep(variants, connections, validRepeats());
    VariantChoice.requireRunnable(requiredIds);
    requireHost();
    interruption.onSignals();
    LiveView view = output.liveView();
    RunOutput results = RunOutput.open(output, spec, thresholds::conclude);
    return results
        .of(() -> measure(sweep, results, view), interruption, BenchCommand::table, Ending::of)
        .number();
  }

  private void measure(List<PlannedRun> sweep, RunOutput results, LiveView view)
      throws IOException, InterruptedException, HostLimitException {
    SweepClock clock = new SweepClock(sweep.size(), usualRunTime(), System::nanoTime);
    for (PlannedRun planned : sweep) {
      if (interruption.requested()) {
        return;
      }
      view.begin(
          new LiveView.RunTitle(
              planned.variant().id(),
              planned.connections(),
              clock.begin(),
              sweep.size(),
              clock.laterRuns()));
      LoadResult result =
          new VariantRun(planned, this::planFor, view, interruption, priming(results.isEmpty()))
              .run();
      view.end(result.run());
      results.add(result);
    }
  }

  private static String table(SweepResult sweep, OptionalInt width) {
    return new ResultTable(sweep.runs()).render(width);
  }

  private List<ServerVariant> variants() {
    return variantIds.isEmpty()
        ? VariantCatalog.all()
        : variantIds.stream().map(VariantChoice::named).distinct().toList();
  }

  private int validRepeats() {
    if (repeats < 1 || repeats > 10_000) {
      throw new CommandException(
          ExitCode.USAGE, "--repeats is %,d; it takes 1 to 10,000".formatted(repeats));
    }
    return repeats;
  }

  /** Every plan is valid, and this host can carry the largest, before anything opens. */
  private void requireHost() throws HostLimitException {
    for (int count : connections) {
      HostCheck.require(planFor(LoadOptions.ANYWHERE, count).build());
    }
  }

  private LoadPlan.Builder planFor(InetSocketAddress target, int connectionCount) {
    return load.planAgainst(List.of(target), connectionCount, duration);
  }

  private Duration priming(boolean first) {
    return load.primes() ? Priming.length(anyPlan().warmup(), first) : Duration.ZERO;
  }

  private Duration usualRunTime() {
    LoadPlan plan = anyPlan();
    return plan.warmup().multipliedBy(2).plus(plan.duration()).plus(USUAL_OVERHEAD);
  }

  private LoadPlan anyPlan() {
    return planFor(LoadOptions.ANYWHERE, 1).build();
  }
}
