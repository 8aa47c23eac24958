package myriad.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import myriad.cli.values.CountConverter;
import myriad.results.ServerUsage;
import myriad.results.gate.GateMetric;
import myriad.results.gate.GateSetup;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say what a gate compares, and how it decides. */
final class GateOptions {

  private static final int MOST_PAIRS = 1_000;

  /** What an INCONCLUSIVE gate counts as. */
  enum Undecided {
    PASS,
    FAIL
  }

  @Option(
      names = "--base",
      paramLabel = "VARIANT",
      description =
          "What there is: a variant, with options if need be: 'epoll --threads 2 --java-home DIR"
              + " --jvm-option -Xmx1g'.")
  private @Nullable String base;

  @Option(
      names = "--head",
      paramLabel = "VARIANT",
      description = "What is to replace it, likewise.")
  private @Nullable String head;

  @Option(
      names = "--base-cmd",
      paramLabel = "COMMAND",
      description =
          "Instead of --base: any command that starts an echo server on 127.0.0.1, with {port}"
              + " where its port belongs: './old --port {port}'.")
  private @Nullable String baseCommand;

  @Option(
      names = "--head-cmd",
      paramLabel = "COMMAND",
      description = "Instead of --head, likewise.")
  private @Nullable String headCommand;

  @Option(
      names = "--base-java-home",
      paramLabel = "DIR",
      description = "JDK of --base. Default: that of Myriad.")
  private @Nullable Path baseJavaHome;

  @Option(
      names = "--head-java-home",
      paramLabel = "DIR",
      description = "JDK of --head. Default: that of Myriad.")
  private @Nullable Path headJavaHome;

  @Option(
      names = "--pairs",
      paramLabel = "COUNT",
      defaultValue = "10",
      converter = CountConverter.class,
      description = "Pairs of fresh processes after which is decided. Default: ${DEFAULT-VALUE}.")
  private int pairs;

  @Option(
      names = "--max-pairs",
      paramLabel = "COUNT",
      converter = CountConverter.class,
      description =
          "If they do not decide, go on to so many, and decide on all. Default: twice --pairs.")
  private @Nullable Integer maxPairs;

  @Option(
      names = "--primary",
      paramLabel = "METRIC",
      split = ",",
      description =
          "The metrics that decide, such as msgs_per_s, p99 of response time, or service.p99."
              + " Default: msgs_per_s, p99, server.cpu_us_per_msg, and from 5,000 connections on"
              + " server.bytes_per_conn.")
  private List<String> primary = List.of();

  @Option(
      names = "--margin",
      paramLabel = "METRIC=SHARE",
      split = ",",
      description =
          "The worsening that is acceptable, such as p99=15%%. Default: msgs_per_s 5%%, latencies"
              + " 10%%, server.bytes_per_conn 3%%, server.cpu_us_per_msg 5%%.")
  private List<String> margins = List.of();

  @Option(
      names = "--inconclusive",
      paramLabel = "OUTCOME",
      description =
          "What a gate that the data does not decide counts as: pass or fail. Default: neither,"
              + " exit code 98.")
  private @Nullable Undecided inconclusive;

  @Option(
      names = "--calibrate",
      description =
          "Also compare base with itself, and say how small a change this machine can show.")
  private boolean calibrate;

  boolean calibrates() {
    return calibrate;
  }

  @Nullable Undecided inconclusive() {
    return inconclusive;
  }

  GateServer base() {
    return server("--base", base, baseCommand, baseJavaHome);
  }

  GateServer head() {
    return server("--head", head, headCommand, headJavaHome);
  }

  private static GateServer server(
      String option, @Nullable String variant, @Nullable String command, @Nullable Path javaHome) {
    if ((variant == null) == (command == null)) {
      throw new CommandException(
          ExitCode.USAGE,
          "%s: give either %s, such as %s epoll, or %s-cmd, such as %s-cmd './server {port}'"
              .formatted(
                  variant == null ? "nothing to compare" : "two servers for one",
                  option,
                  option,
                  option,
                  option));
    }
    if (variant != null) {
      return GateServer.ofVariant(option, variant, javaHome);
    }
    if (javaHome != null) {
      throw new CommandException(
          ExitCode.USAGE,
          "%s-java-home belongs to %s; a command names its own java".formatted(option, option));
    }
    return GateServer.ofCommand(option + "-cmd", String.valueOf(command));
  }

  /**
   * What is compared and how it is decided.
   *
   * @param openLoop whether messages are due whatever the server does
   */
  GateSetup setup(GateServer ofBase, GateServer ofHead, int connections, boolean openLoop) {
    Map<String, Double> chosen = margins(margins);
    List<GateMetric> deciding = deciding(connections).stream().map(m -> at(m, chosen)).toList();
    chosen.keySet().removeAll(deciding.stream().map(GateMetric::name).toList());
    if (!chosen.isEmpty()) {
      throw new CommandException(
          ExitCode.USAGE,
          "--margin is for %s, which does not decide; --primary names those that do"
              .formatted(String.join(", ", chosen.keySet())));
    }
    List<GateMetric> shown =
        Stream.of("msgs_per_s", "p50", "p99", openLoop ? "service.p99" : "p99", "p99.9")
            .distinct()
            .filter(name -> deciding.stream().noneMatch(metric -> metric.name().equals(name)))
            .map(
                name ->
                    name.equals("msgs_per_s") ? GateMetric.THROUGHPUT : GateMetric.latency(name))
            .toList();
    return setup(ofBase, ofHead, deciding, shown);
  }

  private GateSetup setup(
      GateServer ofBase, GateServer ofHead, List<GateMetric> deciding, List<GateMetric> shown) {
    int most = maxPairs == null ? 2 * pairs : maxPairs;
    if (pairs < 1 || most > MOST_PAIRS || most < pairs) {
      throw new CommandException(
          ExitCode.USAGE,
          "--pairs is %,d and --max-pairs is %,d; they take 1 to 1,000, and --max-pairs not less than --pairs"
              .formatted(pairs, most));
    }
    GateSetup setup = new GateSetup(ofBase.text(), ofHead.text(), deciding, shown, pairs, most);
    int fewest = GateSetup.fewestPairs(deciding.size(), setup.looks());
    if (most < fewest) {
      throw new CommandException(
          ExitCode.USAGE,
          "%d pairs can never decide on %d metrics; give --max-pairs %d or more"
              .formatted(most, deciding.size(), fewest));
    }
    return setup;
  }

  private List<GateMetric> deciding(int connections) {
    boolean memory = connections >= ServerUsage.LEAST_CONNECTIONS_FOR_MEMORY;
    if (primary.isEmpty()) {
      List<GateMetric> usual =
          new ArrayList<>(
              List.of(GateMetric.THROUGHPUT, GateMetric.P99, GateMetric.CPU_PER_MESSAGE));
      if (memory) {
        usual.add(GateMetric.BYTES_PER_CONNECTION);
      }
      return usual;
    }
    List<GateMetric> chosen =
        primary.stream().map(name -> metric("--primary", name)).distinct().toList();
    if (!memory && chosen.contains(GateMetric.BYTES_PER_CONNECTION)) {
      throw new CommandException(
          ExitCode.USAGE,
          "--primary is server.bytes_per_conn; that is a figure from --connections 5k on, not with %,d"
              .formatted(connections));
    }
    return chosen;
  }

  private static GateMetric at(GateMetric metric, Map<String, Double> margins) {
    Double margin = margins.get(metric.name());
    return margin == null ? metric : metric.within(margin);
  }

  /** What {@code --margin} was given, by metric. */
  static Map<String, Double> margins(List<String> texts) {
    Map<String, Double> chosen = new LinkedHashMap<>();
    for (String text : texts) {
      int equals = text.indexOf('=');
      String name = equals < 0 ? text : text.substring(0, equals);
      metric("--margin", name);
      chosen.put(name, share(text, text.substring(equals + 1)));
    }
    return chosen;
  }

  /** {@code 5%} or {@code 0.05}. */
  private static double share(String option, String text) {
    boolean percent = text.endsWith("%");
    double share;
    try {
      share = Double.parseDouble(percent ? text.substring(0, text.length() - 1) : text);
    } catch (NumberFormatException e) {
      share = Double.NaN;
    }
    share = percent ? share / 100 : share;
    if (!(share >= 0 && share < 1)) {
      throw new CommandException(
          ExitCode.USAGE,
          "--margin is '%s'; it takes METRIC=SHARE from 0 to less than 100%%, such as p99=15%%"
              .formatted(option));
    }
    return share;
  }

  private static GateMetric metric(String option, String name) {
    try {
      return GateMetric.named(name);
    } catch (IllegalArgumentException e) {
      throw new CommandException(ExitCode.USAGE, option + ": " + e.getMessage(), e);
    }
  }
}
