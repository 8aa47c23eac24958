package myriad.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import myriad.loadgen.LoadProgress;
import myriad.results.Interval;
import myriad.results.LatencyKind;
import myriad.results.LatencySummary;
import myriad.results.RunResult;
import myriad.results.report.RunLabels;

/** Progress in words, for whichever view shows it. */
final class ProgressText {

  private ProgressText() {}

  static String phase(Interval.Phase phase) {
    return switch (phase) {
      case CONNECT -> "connecting";
      case WARMUP -> "warming up";
      case MEASURE -> "measuring";
      case CLOSE -> "closing";
    };
  }

  /** Connections, rate, response time, errors. */
  static String load(LoadProgress progress) {
    Interval latest = progress.latest();
    double rate = latest.lengthSeconds() > 0 ? latest.messages() / latest.lengthSeconds() : 0;
    return "connections %s/%s · %s/s · p50 %s · p99 %s · errors %s"
        .formatted(
            Figures.count(progress.connectionsOpen()),
            Figures.count(progress.connectionsTarget()),
            Figures.rate(rate),
            latency(latest.responseP50Ns()),
            latency(latest.responseP99Ns()),
            Figures.count(progress.errors()));
  }

  /** What both sides use of the host. */
  static String usage(Interval latest) {
    Interval.Server server = latest.server();
    String generator =
        String.format(Locale.ROOT, "generator %.2f cores", latest.generatorCpuCores());
    return server == null
        ? generator
        : String.format(
            Locale.ROOT,
            "server %.2f cores · %s · %s threads · %s",
            server.cpuCores(),
            Figures.bytes(server.residentBytes()),
            Figures.count(server.threads()),
            generator);
  }

  /** How a run went, in one line. */
  static String outcome(RunResult run) {
    List<String> parts = new ArrayList<>();
    RunResult.Connections connections = run.connections();
    if (connections.open() < connections.target()) {
      parts.add(Figures.count(connections.open()) + " reached");
    }
    LatencySummary response = run.latency().get(LatencyKind.RESPONSE);
    if (response != null && response.count() > 0) {
      parts.add(Figures.rate(run.messagesPerSecond()) + "/s");
      parts.add("p50 " + latency(response.p50Ns()));
      parts.add("p99 " + latency(response.p99Ns()));
    }
    parts.add(RunLabels.verdict(run));
    return String.join(", ", parts);
  }

  private static String latency(long nanos) {
    return nanos == 0 ? Figures.NONE : Figures.latency(nanos);
  }
}
