package myriad.cli;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import myriad.cli.values.CountConverter;
import myriad.cli.values.DurationConverter;
import myriad.loadgen.Arrivals;
import myriad.loadgen.HostCheck;
import myriad.loadgen.LoadPlan;
import myriad.results.gate.GateSetup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code myriad gate}: may head replace base? */
@Command(
    name = "gate",
    description = {
      "Decide whether head may replace base: PASS (exit code 0), FAIL (99) or INCONCLUSIVE (98).",
      "Both servers are up together and are loaded in turns, in mirrored order, by fresh processes"
          + " for each pair. Paired tests hold each metric against its margin. Without another"
          + " load model they get 10,000 messages a second."
    },
    footer = {
      "",
      "May this build replace the last one?",
      "  myriad gate --base-cmd './old --port {port}' --head-cmd './new --port {port}'",
      "Do two event loops cost more than one?",
      "  myriad gate --base 'epoll --threads 1' --head 'epoll --threads 2' --calibrate"
    },
    sortOptions = false,
    mixinStandardHelpOptions = true,
    versionProvider = Myriad.Version.class)
final class GateCommand implements Callable<Integer> {

  private static final Duration SHORTEST_PRIMING = Duration.ofMillis(100);

  @Mixin private GateOptions gate;

  @Option(
      names = {"-c", "--connections"},
      paramLabel = "COUNT",
      defaultValue = "" + LoadPlan.DEFAULT_CONNECTIONS,
      converter = CountConverter.class,
      description = "Connections of a turn. Default: ${DEFAULT-VALUE}.")
  private int connections;

  @Option(
      names = {"-d", "-T", "--duration"},
      paramLabel = "TIME",
      defaultValue = "1s",
      converter = DurationConverter.class,
      description =
          "Measured time of a turn, of which each server has two a pair. Default: ${DEFAULT-VALUE}.")
  private Duration duration;

  @Mixin private LoadOptions load;
  @Mixin private OutputOptions output;
  @Spec private CommandSpec spec;

  private final Interruption interruption = new Interruption();

  @Override
  public Integer call() throws Exception {
    load.rateByDefault(LoadOptions.COMPARISON_RATE_PER_SECOND);
    load.warmupByDefault(LoadOptions.SHORT_WARMUP);
    GateServer base = gate.base();
    GateServer head = gate.head();
    LoadPlan plan = planFor(LoadOptions.ANYWHERE, connections).build();
    GateSetup setup =
        gate.setup(base, head, connections, plan.arrivals() instanceof Arrivals.OpenLoop);
    HostCheck.require(plan);
    interruption.onSignals();
    GateCourse course = new GateCourse(setup, gate.calibrates());
    LiveView view = output.liveView();
    RunOutput results = RunOutput.open(output, spec, course::conclude);
    GatePairs pairs =
        new GatePairs(
            setup,
            new PairRun.Sides<>(base, head),
            new GatePairs.Load(this::planFor, connections, priming(plan.warmup())),
            course,
            results,
            view,
            interruption);
    return results
        .of(
            () -> course.run(pairs),
            interruption,
            (_, width) -> GateText.render(course.result(), width),
            (sweep, interrupted) ->
                GateEnding.of(sweep, course.result(), interrupted, gate.inconclusive()))
        .number();
  }

  /** As long as the warm-up, or not at all; but no load is shorter than some time. */
  private static Duration priming(Duration warmup) {
    return warmup.isZero() || warmup.compareTo(SHORTEST_PRIMING) > 0 ? warmup : SHORTEST_PRIMING;
  }

  private LoadPlan.Builder planFor(InetSocketAddress target, int connectionCount) {
    return load.planAgainst(List.of(target), connectionCount, duration);
  }
}
