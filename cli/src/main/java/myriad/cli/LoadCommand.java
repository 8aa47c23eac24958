package myriad.cli;

import java.io.IOException;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import myriad.cli.values.CountConverter;
import myriad.cli.values.DurationConverter;
import myriad.cli.values.TargetConverter;
import myriad.loadgen.HostCheck;
import myriad.loadgen.HostLimitException;
import myriad.loadgen.LoadPlan;
import myriad.loadgen.LoadResult;
import myriad.loadgen.LoadRun;
import myriad.results.SweepResult;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code myriad load}: one load on any echo server. */
@Command(
    name = "load",
    description = {
      "Load an echo server, Myriad's or any other, and verify every echoed byte;",
      "or any server, with a --request and the reply to --expect."
    },
    sortOptions = false,
    mixinStandardHelpOptions = true,
    versionProvider = Myriad.Version.class)
final class LoadCommand implements Callable<Integer> {

  @Parameters(
      paramLabel = "HOST:PORT",
      arity = "1..*",
      converter = TargetConverter.class,
      description =
          "Where it listens: localhost:7777, [::1]:7777, 127.0.0.1:9000-9099, unix:/run/echo.sock;"
              + " connections are spread over several.")
  private List<TargetConverter.Targets> targets;

  @Option(
      names = {"-c", "--connections"},
      paramLabel = "COUNT",
      defaultValue = "" + LoadPlan.DEFAULT_CONNECTIONS,
      converter = CountConverter.class,
      description = "Connections to open and keep open. Default: ${DEFAULT-VALUE}.")
  private int connections;

  @Option(
      names = {"-d", "-T", "--duration"},
      paramLabel = "TIME",
      defaultValue = "10s",
      converter = DurationConverter.class,
      description = "Measured time. Default: ${DEFAULT-VALUE}.")
  private Duration duration;

  @Mixin private LoadOptions load;
  @Mixin private ThresholdOptions thresholds;
  @Mixin private ForeignTargetOptions target;
  @Mixin private OutputOptions output;
  @Spec private CommandSpec spec;

  private final Interruption interruption = new Interruption();

  @Override
  public Integer call() throws Exception {
    LoadPlan plan = plan();
    thresholds.requireVariantsOf(Set.of());
    HostCheck.require(plan);
    interruption.onSignals();
    LiveView view = output.liveView();
    RunOutput results = RunOutput.open(output, spec, thresholds::conclude);
    return results
        .of(() -> measure(plan, results, view), interruption, LoadCommand::summary, Ending::of)
        .number();
  }

  private void measure(LoadPlan plan, RunOutput results, LiveView view)
      throws IOException, HostLimitException {
    view.begin(new LiveView.RunTitle(plan.targetText(), connections, 1, 1, Duration.ZERO));
    LoadRun run = new LoadRun(plan, view);
    try (var _ = interruption.cancelling(run::interrupt)) {
      LoadResult result = run.run();
      view.end(result.run());
      results.add(result);
    }
  }

  private static String summary(SweepResult sweep, OptionalInt width) {
    return sweep.runs().stream()
        .map(run -> new LoadSummary(run).render(width))
        .collect(Collectors.joining("\n"));
  }

  private List<SocketAddress> addresses() {
    return targets.stream().flatMap(some -> some.addresses().stream()).toList();
  }

  private LoadPlan plan() {
    target.requireProcess();
    return target.addTo(load.planAgainst(addresses(), connections, duration), load).build();
  }
}
