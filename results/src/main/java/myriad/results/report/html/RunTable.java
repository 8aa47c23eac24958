package myriad.results.report.html;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import myriad.results.GeneratorUsage;
import myriad.results.LatencyKind;
import myriad.results.LatencySummary;
import myriad.results.RunResult;
import myriad.results.report.Units;
import myriad.results.report.html.HtmlTable.Cell;

/** A row a run, with the health of the load generator and what was found. */
final class RunTable {

  private static final double NANOS_PER_MILLI = 1e6;

  private RunTable() {}

  static String of(List<RunResult> runs) {
    return new HtmlTable<RunResult>()
        .words("Variant", run -> Cell.words(run.serverName()))
        .figures("Asked", run -> Cells.count(run.connections().target()))
        .figures("Repeat", run -> Cells.count(run.repeat()))
        .figures("Reached", run -> Cells.count(run.connections().open()))
        .figures("Msgs/s", RunTable::messagesPerSecond)
        .figures("p99", run -> p99(run, LatencyKind.RESPONSE))
        .figures("Service p99", run -> p99(run, LatencyKind.SERVICE))
        .figures("Lag p99", run -> p99(run, LatencyKind.LAG))
        .figures("Busiest loop", run -> generator(run, RunTable::utilisation))
        .figures("Stall", run -> generator(run, use -> millis(use.longestStallMillis())))
        .figures("Stalled", run -> generator(run, use -> millis(use.stalledMillis())))
        .figures("GC", run -> generator(run, use -> millis((double) use.gcPauseMillis())))
        .prose("Kernel counters", run -> Cell.words(kernel(run)))
        .words("Verdict", run -> Cell.html(Badge.of(run)))
        .prose("Errors and findings", run -> Cell.words(Findings.of(run)))
        .render("Every run", runs);
  }

  private static Cell messagesPerSecond(RunResult run) {
    return run.measured().isZero()
        ? Cell.none()
        : Cell.figure(run.messagesPerSecond(), Units.count(run.messagesPerSecond()));
  }

  private static Cell p99(RunResult run, LatencyKind kind) {
    LatencySummary summary = run.latency().get(kind);
    return summary == null || summary.count() == 0
        ? Cell.none()
        : Cells.nanos((double) summary.p99Ns());
  }

  private static Cell generator(RunResult run, Function<GeneratorUsage, Cell> cell) {
    return run.generator() == null ? Cell.none() : cell.apply(run.generator());
  }

  /** The host's counters that grew. */
  private static String kernel(RunResult run) {
    return run.generator() == null
        ? ""
        : run.generator().kernelCounters().entrySet().stream()
            .filter(counter -> counter.getValue() > 0)
            .map(counter -> counter.getKey() + " +" + Units.whole(counter.getValue()))
            .collect(Collectors.joining(", "));
  }

  private static Cell utilisation(GeneratorUsage usage) {
    return Cell.figure(
        usage.busiestLoopUtilisation(), Units.percent(usage.busiestLoopUtilisation()));
  }

  private static Cell millis(double millis) {
    return Cells.nanos(millis * NANOS_PER_MILLI);
  }
}
