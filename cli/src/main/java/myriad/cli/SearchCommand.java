package myriad.cli;

import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import myriad.cli.values.CountConverter;
import myriad.cli.values.DurationConverter;
import myriad.cli.values.PercentConverter;
import myriad.cli.values.TargetConverter;
import myriad.loadgen.HostCheck;
import myriad.loadgen.LoadPlan;
import myriad.results.gate.Threshold;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code myriad search}: the most that a server carries while it keeps an objective. */
@Command(
    name = "search",
    description = {
      "Find the highest rate, or the most connections, that meets an objective.",
      "The rate is doubled until the objective is missed, then the gap is halved; what is found is"
          + " confirmed by longer runs. Every try is a run in the run directory."
    },
    sortOptions = false,
    mixinStandardHelpOptions = true,
    versionProvider = Myriad.Version.class)
final class SearchCommand implements Callable<Integer> {

  /** What is searched for. */
  enum Over {
    RATE,
    CONNECTIONS
  }

  private static final long DEFAULT_FIRST_RATE = 1_000;
  private static final long DEFAULT_FIRST_CONNECTIONS = 100;
  private static final int CONFIRMATION_LENGTHS = 3;

  @Parameters(
      paramLabel = "HOST:PORT",
      arity = "0..*",
      converter = TargetConverter.class,
      description = "Where the server listens, as of load.")
  private List<TargetConverter.Targets> targets = List.of();

  @Option(
      names = "--variant",
      paramLabel = "VARIANT",
      completionCandidates = VariantChoice.Ids.class,
      description = "Instead of HOST:PORT: one of Myriad's servers, in a fresh JVM for every run.")
  private @Nullable String variant;

  @Option(
      names = "--objective",
      paramLabel = "LIMIT",
      required = true,
      description =
          "What must hold, such as p99<5ms; percentiles are of response time, which shows the waits"
              + " of an overloaded server, unless another kind is named: service.p99<5ms.")
  private String objectiveText;

  @Option(
      names = "--over",
      paramLabel = "WHAT",
      defaultValue = "rate",
      description = "What is searched for: rate or connections. Default: ${DEFAULT-VALUE}.")
  private Over over;

  @Option(
      names = "--from",
      paramLabel = "COUNT",
      converter = CountConverter.class,
      description = "Value tried first. Default: 1k messages/s, or 100 connections.")
  private @Nullable Integer from;

  @Option(
      names = "--to",
      paramLabel = "COUNT",
      converter = CountConverter.class,
      description = "The search ends here, if the objective is met. Default: 10m.")
  private @Nullable Integer to;

  @Option(
      names = "--precision",
      paramLabel = "PERCENT",
      converter = PercentConverter.class,
      defaultValue = "5%",
      description = "By how much the result may be too low. Default: ${DEFAULT-VALUE}.")
  private double precision;

  @Option(
      names = {"-c", "--connections"},
      paramLabel = "COUNT",
      defaultValue = "" + LoadPlan.DEFAULT_CONNECTIONS,
      converter = CountConverter.class,
      description = "Connections, where the rate is searched for. Default: ${DEFAULT-VALUE}.")
  private int connections;

  @Option(
      names = {"-d", "-T", "--duration"},
      paramLabel = "TIME",
      defaultValue = "2s",
      converter = DurationConverter.class,
      description = "Measured time of a run; one that confirms takes three. Default: 2s.")
  private Duration duration;

  @Option(
      names = "--repeats",
      paramLabel = "COUNT",
      defaultValue = "3",
      converter = CountConverter.class,
      description =
          "Runs, none of which meets the objective, before a step counts as missed; in the"
              + " confirmation most of as many must meet it. Default: ${DEFAULT-VALUE}.")
  private int repeats;

  @Mixin private LoadOptions load;
  @Mixin private ForeignTargetOptions foreign;
  @Mixin private OutputOptions output;
  @Spec private CommandSpec spec;

  private final Interruption interruption = new Interruption();

  @Override
  public Integer call() throws Exception {
    Threshold objective = objective();
    load.warmupByDefault(LoadOptions.SHORT_WARMUP);
    if (over == Over.RATE) {
      load.requireNoModel("--over rate");
    }
    CapacitySearch.Range range = range();
    SearchTrial.Target target = target();
    HostCheck.require(planFor(target.addresses(), range.from(), duration).build());
    interruption.onSignals();
    LiveView view = output.liveView();
    RunOutput results = RunOutput.open(output, spec, UnaryOperator.identity());
    SearchTrial trial =
        new SearchTrial(
            new SearchJudgement(objective), target, this::planFor, view, interruption, results);
    CapacitySearch search = new CapacitySearch(range, trial);
    Supplier<SearchReport> report =
        () -> new SearchReport(objective.text(), over, search.result(), trial.runs());
    return results
        .of(
            () -> searchAndKeep(search, report, results),
            interruption,
            (_, width) -> report.get().render(width),
            (_, _) -> report.get().ending())
        .number();
  }

  private static void searchAndKeep(
      CapacitySearch search, Supplier<SearchReport> report, RunOutput results) throws Exception {
    try {
      search.run();
    } finally {
      results.keep("search.json", report.get().json());
    }
  }

  private LoadPlan.Builder planFor(
      List<? extends SocketAddress> addresses, long value, CapacitySearch.Step step) {
    return planFor(
        addresses,
        value,
        step == CapacitySearch.Step.CONFIRMATION
            ? duration.multipliedBy(CONFIRMATION_LENGTHS)
            : duration);
  }

  private LoadPlan.Builder planFor(
      List<? extends SocketAddress> addresses, long value, Duration length) {
    load.rateByDefault(over == Over.RATE ? value : LoadOptions.COMPARISON_RATE_PER_SECOND);
    return foreign.addTo(load.planAgainst(addresses, connectionsAt(value), length), load);
  }

  private int connectionsAt(long value) {
    return over == Over.RATE ? connections : Math.toIntExact(value);
  }

  private SearchTrial.Target target() {
    if ((variant == null) == targets.isEmpty()) {
      throw new CommandException(
          ExitCode.USAGE, "search takes either HOST:PORT or --variant: give one of them");
    }
    if (variant == null) {
      foreign.requireProcess();
      return new SearchTrial.Addresses(
          targets.stream().flatMap(some -> some.addresses().stream()).toList());
    }
    if (!foreign.given().isEmpty()) {
      throw new CommandException(
          ExitCode.USAGE,
          "%s belongs to HOST:PORT: leave it out with --variant"
              .formatted(foreign.given().getFirst()));
    }
    return new SearchTrial.Variant(VariantChoice.runnable(variant), load.primes());
  }

  private Threshold objective() {
    try {
      Threshold objective = Threshold.parse(objectiveText);
      if (!objective.endsASearch()) {
        throw new IllegalArgumentException("more load only helps to meet it; use < or <=");
      }
      return objective;
    } catch (IllegalArgumentException wrong) {
      throw new CommandException(
          ExitCode.USAGE,
          "--objective is %s: %s".formatted(objectiveText, wrong.getMessage()),
          wrong);
    }
  }

  private CapacitySearch.Range range() {
    long first =
        from == null ? (over == Over.RATE ? DEFAULT_FIRST_RATE : DEFAULT_FIRST_CONNECTIONS) : from;
    long last = to == null ? LoadPlan.MAX_CONNECTIONS : to;
    require(first >= 1, "--from is %,d; it takes 1 or more", first);
    require(last >= 1, "--to is %,d; it takes 1 or more", last);
    require(from == null || first <= last, "--from is %,d; it takes no more than --to", first);
    require(
        over == Over.RATE || !spec.commandLine().getParseResult().hasMatchedOption("--connections"),
        "--over %s searches for --connections: leave them out, or give --from and --to",
        "connections");
    require(repeats >= 1 && repeats <= 100, "--repeats is %,d; it takes 1 to 100", repeats);
    require(
        precision > 0 && precision <= 100, "--precision is %s; it takes over 0 to 100", precision);
    return new CapacitySearch.Range(Math.min(first, last), last, precision / 100, repeats);
  }

  private static void require(boolean holds, String message, Object value) {
    if (!holds) {
      throw new CommandException(ExitCode.USAGE, message.formatted(value));
    }
  }
}
