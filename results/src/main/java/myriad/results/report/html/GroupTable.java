package myriad.results.report.html;

import java.util.List;
import java.util.OptionalDouble;
import myriad.results.LatencyKind;
import myriad.results.LatencySummary;
import myriad.results.RunResult;
import myriad.results.RunResult.Outcome;
import myriad.results.report.RunGroup;
import myriad.results.report.Units;
import myriad.results.report.html.HtmlTable.Cell;

/** The summary: a row a group of repeats. Columns of open loop are there only where it ran. */
final class GroupTable {

  private GroupTable() {}

  static String of(List<RunGroup> groups) {
    boolean openLoop = groups.stream().anyMatch(group -> group.offeredRate().isPresent());
    HtmlTable<RunGroup> table = new HtmlTable<>();
    addLoad(table, openLoop);
    addLatency(table, openLoop);
    addCost(table);
    return table
        .words("Verdict", group -> Cell.html(Badge.ofAll(group.runs())))
        .render("Summary", groups);
  }

  private static void addLoad(HtmlTable<RunGroup> table, boolean openLoop) {
    table
        .words("Variant", group -> Cell.words(group.serverName()))
        .figures("Asked", group -> Cells.count(group.connectionsTarget()))
        .figures(
            "Reached",
            group ->
                Cells.median(
                    group.figure(run -> (double) run.connections().open()), GroupTable::whole));
    if (openLoop) {
      table.figures("Offered/s", group -> rate(group.offeredRate()));
    }
    table.figures(
        "Msgs/s",
        group -> Cells.medianAndSpread(group.figure(RunResult::messagesPerSecond), Units::count));
  }

  private static Cell rate(OptionalDouble rate) {
    return rate.isEmpty()
        ? Cell.none()
        : Cell.figure(rate.getAsDouble(), Units.count(rate.getAsDouble()));
  }

  private static void addLatency(HtmlTable<RunGroup> table, boolean openLoop) {
    LatencyKind response = LatencyKind.RESPONSE;
    table
        .figures(
            "p50",
            group -> Cells.median(group.latency(response, LatencySummary::p50Ns), Units::nanos))
        .figures(
            "p99",
            group ->
                Cells.medianAndSpread(group.latency(response, LatencySummary::p99Ns), Units::nanos))
        .figures(
            "p99.9",
            group -> Cells.median(group.latency(response, LatencySummary::p999Ns), Units::nanos))
        .figures(
            "Max",
            group -> Cells.median(group.latency(response, LatencySummary::maxNs), Units::nanos));
    if (openLoop) {
      table.figures(
          "Service p99",
          group ->
              Cells.medianAndSpread(
                  group.latency(LatencyKind.SERVICE, LatencySummary::p99Ns), Units::nanos));
    }
  }

  private static void addCost(HtmlTable<RunGroup> table) {
    table
        .figures(
            "CPU/msg",
            group ->
                Cells.median(group.serverMicrosPerMessage(), micros -> Units.nanos(micros * 1e3)))
        .figures("Mem/conn", group -> Cells.median(group.serverBytesPerConnection(), Units::bytes))
        .figures("Threads", GroupTable::threads)
        .figures("Errors", GroupTable::errors);
  }

  private static Cell errors(RunGroup group) {
    return group.runs().stream().allMatch(run -> run.outcome() == Outcome.SKIPPED)
        ? Cell.none()
        : Cells.count(group.runs().stream().mapToLong(RunResult::errors).sum());
  }

  private static Cell threads(RunGroup group) {
    return Cells.median(
        group.figure(run -> run.server() == null ? null : (double) run.server().threads()),
        GroupTable::whole);
  }

  private static String whole(double value) {
    return Units.whole(Math.round(value));
  }
}
