package myriad.cli;

import com.github.freva.asciitable.ColumnData;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import myriad.results.GeneratorUsage;
import myriad.results.LatencyKind;
import myriad.results.LatencySummary;
import myriad.results.RunResult;
import myriad.results.ServerUsage;
import myriad.results.report.RunLabels;

/** One run in full, as a person reads it in a terminal. */
final class LoadSummary {

  private static final List<LatencyKind> SHOWN =
      List.of(
          LatencyKind.RESPONSE,
          LatencyKind.SERVICE,
          LatencyKind.FIRST_BYTE,
          LatencyKind.LAG,
          LatencyKind.CONNECT);

  private final RunResult run;

  LoadSummary(RunResult run) {
    this.run = run;
  }

  String render() {
    List<String> lines = new ArrayList<>();
    lines.add(fact("target", run.target()));
    lines.add(fact("connections", connections()));
    lines.add(fact("messages", messages()));
    lines.add(fact("errors", run.errors() == 0 ? "none" : Figures.count(run.errors())));
    run.errorKinds().forEach(kind -> lines.add(fact("", kind.describe())));
    ServerUsage server = run.server();
    if (server != null) {
      lines.add(fact("server", serverCost(server)));
    }
    GeneratorUsage generator = run.generator();
    if (generator != null) {
      lines.add(fact("generator", generatorCost(generator)));
      lines.add(fact("event loops", eventLoops(generator)));
      if (!kernel(generator).isEmpty()) {
        lines.add(fact("kernel", kernel(generator)));
      }
    }
    if (!run.latency().isEmpty()) {
      lines.add("");
      lines.add(latencies());
    }
    lines.add("");
    lines.add(fact("verdict", RunLabels.verdict(run)));
    Stream.concat(run.verdict().reasons().stream(), run.notes().stream())
        .forEach(finding -> lines.add(fact("", finding)));
    return String.join("\n", lines);
  }

  private String connections() {
    RunResult.Connections connections = run.connections();
    return "%s open of %s, %s failed, %s lost"
        .formatted(
            Figures.count(connections.open()),
            Figures.count(connections.target()),
            Figures.count(connections.failed()),
            Figures.count(connections.lost()));
  }

  private String messages() {
    return "%s in %s: %s/s%s"
        .formatted(
            Figures.count(run.messages()),
            Figures.time(run.measured()),
            Figures.rate(run.messagesPerSecond()),
            AskedRate.of(run).map(asked -> " of " + asked).orElse(""));
  }

  private String serverCost(ServerUsage server) {
    return "%s CPU a message, %s resident, %s threads, %s descriptors"
        .formatted(
            Figures.micros(server.cpuMicrosPerMessage(run.messages())),
            Figures.bytes(server.residentBytes()),
            Figures.count(server.threads()),
            Figures.count(server.descriptors()));
  }

  private String generatorCost(GeneratorUsage generator) {
    return String.format(
        Locale.ROOT,
        "%s CPU a message, longest stall %.1fms, GC %,dms",
        Figures.micros(generator.cpuMicrosPerMessage(run.messages())),
        generator.longestStallMillis(),
        generator.gcPauseMillis());
  }

  /** How busy each is: it ran, or was ready to run and had no CPU. */
  private static String eventLoops(GeneratorUsage generator) {
    return generator.loops().stream()
        .map(
            loop ->
                String.format(
                    Locale.ROOT,
                    "%.0f %% busy (%.2f cores)",
                    loop.utilisation() * 100,
                    loop.cpuCores()))
        .collect(Collectors.joining(", "));
  }

  /** The host's counters that grew. */
  private static String kernel(GeneratorUsage generator) {
    return generator.kernelCounters().entrySet().stream()
        .filter(counter -> counter.getValue() > 0)
        .map(counter -> counter.getKey() + " +" + Figures.count(counter.getValue()))
        .collect(Collectors.joining(", "));
  }

  private String latencies() {
    return TextTable.render(
        SHOWN.stream().filter(run.latency()::containsKey).toList(),
        List.of(
            TextTable.words("LATENCY", LatencyKind::label),
            figure("P50", LatencySummary::p50Ns),
            figure("P90", LatencySummary::p90Ns),
            figure("P99", LatencySummary::p99Ns),
            figure("P99.9", LatencySummary::p999Ns),
            figure("P99.99", LatencySummary::p9999Ns),
            figure("MAX", LatencySummary::maxNs),
            TextTable.figure("COUNT", kind -> Figures.count(of(kind).count()))));
  }

  private ColumnData<LatencyKind> figure(String header, ToLongFunction<LatencySummary> nanos) {
    return TextTable.figure(
        header,
        kind ->
            of(kind).count() == 0 ? Figures.NONE : Figures.latency(nanos.applyAsLong(of(kind))));
  }

  private LatencySummary of(LatencyKind kind) {
    LatencySummary summary = run.latency().get(kind);
    if (summary == null) {
      throw new IllegalStateException("not measured: " + kind);
    }
    return summary;
  }

  private static String fact(String name, String value) {
    return "%-13s%s".formatted(name, value);
  }
}
