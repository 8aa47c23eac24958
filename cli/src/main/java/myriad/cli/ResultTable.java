package myriad.cli;

import static myriad.cli.TextTable.figure;

import com.github.freva.asciitable.ColumnData;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import myriad.results.ErrorKind;
import myriad.results.LatencyKind;
import myriad.results.LatencySummary;
import myriad.results.RunResult;
import myriad.results.RunResult.Outcome;
import myriad.results.ServerUsage;
import myriad.results.report.RunLabels;

/** Runs side by side, and below them what was found, as a person reads it in a terminal. */
final class ResultTable {

  private final List<RunResult> runs;

  ResultTable(List<RunResult> runs) {
    this.runs = List.copyOf(runs);
  }

  /**
   * The table, then a line for each finding.
   *
   * @param width of the terminal; where the table is wider, variants become headings of rows, and
   *     where that is not enough, columns move together
   */
  String render(OptionalInt width) {
    int columns = width.orElse(Integer.MAX_VALUE);
    String table = table(true);
    if (widthOf(table) > columns) {
      String figures = table(false);
      table = underHeadings(widthOf(figures) > columns ? TextTable.squeezed(figures) : figures);
    }
    List<String> findings = findings();
    return findings.isEmpty() ? table : table + "\n\n" + WrappedText.wrap(findings, columns);
  }

  private static int widthOf(String table) {
    return table.lines().mapToInt(String::length).max().orElse(0);
  }

  private String table(boolean withVariant) {
    List<ColumnData<RunResult>> columns = new ArrayList<>();
    if (withVariant) {
      columns.add(TextTable.words("VARIANT", ResultTable::name));
    }
    columns.add(figure("CONNS", run -> Figures.reached(run.connections())));
    if (runs.stream().anyMatch(run -> run.repeat() > 1)) {
      columns.add(figure("REPEAT", run -> Figures.count(run.repeat())));
    }
    columns.add(figure("MSG/S", measured(run -> Figures.rate(run.messagesPerSecond()))));
    columns.add(figure("P50", latency(LatencyKind.RESPONSE, LatencySummary::p50Ns)));
    columns.add(figure("P99", latency(LatencyKind.RESPONSE, LatencySummary::p99Ns)));
    columns.add(figure("P99.9", latency(LatencyKind.RESPONSE, LatencySummary::p999Ns)));
    columns.add(figure("MAX", latency(LatencyKind.RESPONSE, LatencySummary::maxNs)));
    columns.add(figure("SVC P99", latency(LatencyKind.SERVICE, LatencySummary::p99Ns)));
    columns.add(figure("CPU µs", server(ResultTable::cpuPerMessage)));
    columns.add(figure("B/CONN", server(ResultTable::bytesPerConnection)));
    columns.add(figure("THREADS", server((run, server) -> Figures.count(server.threads()))));
    columns.add(TextTable.words("VERDICT", RunLabels::verdict));
    return TextTable.render(runs, columns);
  }

  private String underHeadings(String figures) {
    List<String> lines = figures.lines().toList();
    List<String> all = new ArrayList<>(List.of(lines.getFirst()));
    String heading = "";
    for (int i = 0; i < runs.size(); i++) {
      String name = name(runs.get(i));
      if (!name.equals(heading)) {
        all.add(name);
        heading = name;
      }
      all.add(lines.get(lines.size() - runs.size() + i));
    }
    return String.join("\n", all);
  }

  private List<String> findings() {
    return runs.stream()
        .flatMap(
            run ->
                findings(run)
                    .map(
                        finding ->
                            "%s, %s: %s"
                                .formatted(
                                    name(run), Figures.count(run.connections().target()), finding)))
        .distinct()
        .toList();
  }

  private static Stream<String> findings(RunResult run) {
    return Stream.of(
            run.verdict().reasons().stream(),
            run.notes().stream(),
            run.errorKinds().stream().map(ErrorKind::describe))
        .flatMap(lines -> lines);
  }

  /** The variant, or the address of a server that is not ours. */
  static String name(RunResult run) {
    return run.variant().equals(RunResult.FOREIGN_VARIANT) ? run.target() : run.variant();
  }

  private static Function<RunResult, String> measured(Function<RunResult, String> cell) {
    return run ->
        run.outcome() == Outcome.SKIPPED || run.measured().isZero()
            ? Figures.NONE
            : cell.apply(run);
  }

  private static Function<RunResult, String> latency(
      LatencyKind kind, ToLongFunction<LatencySummary> nanos) {
    return run -> {
      LatencySummary latency = run.latency().get(kind);
      return latency == null || latency.count() == 0
          ? Figures.NONE
          : Figures.latency(nanos.applyAsLong(latency));
    };
  }

  private static Function<RunResult, String> server(ServerFigure cell) {
    return run -> {
      ServerUsage server = run.server();
      return server == null ? Figures.NONE : cell.of(run, server);
    };
  }

  private static String cpuPerMessage(RunResult run, ServerUsage server) {
    return run.messages() == 0
        ? Figures.NONE
        : Figures.digits(server.cpuMicrosPerMessage(run.messages()));
  }

  private static String bytesPerConnection(RunResult run, ServerUsage server) {
    OptionalDouble bytes = server.residentBytesPerConnection(run.connections().open());
    return bytes.isPresent() ? Figures.bytes(Math.round(bytes.getAsDouble())) : Figures.NONE;
  }

  private interface ServerFigure {
    String of(RunResult run, ServerUsage server);
  }
}
