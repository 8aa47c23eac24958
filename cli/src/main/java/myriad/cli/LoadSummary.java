package myriad.cli;

import com.github.freva.asciitable.ColumnData;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import myriad.results.GeneratorUsage;
import myriad.results.HealthFigure;
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

  /**
   * What was loaded, what came of it, and what it is worth.
   *
   * @param width of the terminal; empty if it is none
   */
  String render(OptionalInt width) {
    List<String> parts = new ArrayList<>(List.of(text(facts(), width)));
    if (!run.latency().isEmpty()) {
      parts.add(latencies());
    }
    parts.add(text(judgement(), width));
    return String.join("\n\n", parts);
  }

  /** A value beside its name; without a name, more of what is above. */
  private record Fact(String name, String value) {}

  private static String text(List<Fact> facts, OptionalInt width) {
    return facts.stream()
        .map(fact -> WrappedText.beside("%-13s".formatted(fact.name), fact.value, width))
        .collect(Collectors.joining("\n"));
  }

  private List<Fact> facts() {
    List<Fact> lines = new ArrayList<>();
    lines.add(new Fact("target", run.target()));
    lines.add(new Fact("connections", connections()));
    lines.add(new Fact("messages", messages()));
    lines.add(new Fact("errors", run.errors() == 0 ? "none" : Figures.count(run.errors())));
    run.errorKinds().forEach(kind -> lines.add(new Fact("", kind.describe())));
    ServerUsage server = run.server();
    if (server != null) {
      lines.add(new Fact("server", serverCost(server)));
    }
    GeneratorUsage generator = run.generator();
    if (generator != null) {
      lines.add(new Fact("generator", generatorCost(generator)));
      lines.add(new Fact("event loops", eventLoops(generator)));
      if (!kernel(generator).isEmpty()) {
        lines.add(new Fact("kernel", kernel(generator)));
      }
    }
    return lines;
  }

  private List<Fact> judgement() {
    List<Fact> lines = new ArrayList<>(List.of(new Fact("verdict", RunLabels.verdict(run))));
    Stream.concat(run.verdict().reasons().stream(), run.notes().stream())
        .forEach(finding -> lines.add(new Fact("", finding)));
    if (!run.health().isEmpty()) {
      lines.add(
          new Fact(
              "health",
              run.health().stream().map(HealthFigure::describe).collect(Collectors.joining(", "))));
    }
    return lines;
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
            lengthOf(run.measured()),
            Figures.rate(run.messagesPerSecond()),
            AskedRate.of(run).map(asked -> " of " + asked).orElse(""));
  }

  private static String lengthOf(Duration phase) {
    boolean belowASecond = phase.compareTo(Duration.ofSeconds(1)) < 0;
    return belowASecond ? Figures.latency(phase.toNanos()) : Figures.time(phase);
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

  /** How busy each is, and its CPU, which a loop that polls uses whether it is busy or not. */
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
}
