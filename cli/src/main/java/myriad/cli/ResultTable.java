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

  private static final String THREADS = "THREADS";
  private static final String SERVICE_P99 = "SVC P99";
  private static final List<String> FIRST_TO_GIVE_WAY = List.of(THREADS, SERVICE_P99);

  private final List<RunResult> runs;

  ResultTable(List<RunResult> runs) {
    this.runs = List.copyOf(runs);
  }

  /**
   * The table, then a line for each finding.
   *
   * @param width of the terminal; where the table is wider, variants become headings of rows, and
   *     where that is not enough, columns are left out
   */
  String render(OptionalInt width) {
    String table = table(width);
    List<String> findings = findings();
    return findings.isEmpty() ? table : table + "\n\n" + WrappedText.wrap(findings, width);
  }

  private String table(OptionalInt width) {
    List<ColumnData<RunResult>> columns = figures();
    boolean repeated = runs.stream().anyMatch(run -> run.repeat() > 1);
    if (repeated) {
      columns.add(1, figure("REPEAT", run -> Figures.count(run.repeat())));
    }
    columns.addFirst(TextTable.words("VARIANT", RunResult::serverName));
    String wide = TextTable.render(runs, columns);
    return TextTable.fits(wide, width) ? wide : narrow(repeated, width);
  }

  /** What is the same in many rows is above them; then columns give way, one after the other. */
  private String narrow(boolean repeated, OptionalInt width) {
    Function<RunResult, String> heading =
        repeated
            ? run -> "%s, repeat %d".formatted(run.serverName(), run.repeat())
            : RunResult::serverName;
    List<ColumnData<RunResult>> columns = figures();
    String narrow = TextTable.renderUnder(heading, runs, columns);
    for (String first : FIRST_TO_GIVE_WAY) {
      if (TextTable.fits(narrow, width)) {
        return narrow;
      }
      columns.removeIf(column -> first.equals(column.getHeader()));
      narrow = TextTable.renderUnder(heading, runs, columns);
    }
    return narrow;
  }

  private static List<ColumnData<RunResult>> figures() {
    List<ColumnData<RunResult>> columns = new ArrayList<>();
    columns.add(figure("CONNS", run -> Figures.reached(run.connections())));
    columns.add(figure("MSG/S", measured(run -> Figures.rate(run.messagesPerSecond()))));
    columns.add(figure("P50", latency(LatencyKind.RESPONSE, LatencySummary::p50Ns)));
    columns.add(figure("P99", latency(LatencyKind.RESPONSE, LatencySummary::p99Ns)));
    columns.add(figure("P99.9", latency(LatencyKind.RESPONSE, LatencySummary::p999Ns)));
    columns.add(figure("MAX", latency(LatencyKind.RESPONSE, LatencySummary::maxNs)));
    columns.add(figure(SERVICE_P99, latency(LatencyKind.SERVICE, LatencySummary::p99Ns)));
    columns.add(figure("CPU µs", server(ResultTable::cpuPerMessage)));
    columns.add(figure("B/CONN", server(ResultTable::bytesPerConnection)));
    columns.add(figure(THREADS, server((run, server) -> Figures.count(server.threads()))));
    columns.add(TextTable.words("VERDICT", RunLabels::verdict));
    return columns;
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
                                    run.serverName(),
                                    Figures.count(run.connections().target()),
                                    finding)))
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
    OptionalDouble micros = server.cpuMicrosPerMessage(run.messages());
    return micros.isPresent() ? Figures.digits(micros.getAsDouble()) : Figures.NONE;
  }

  private static String bytesPerConnection(RunResult run, ServerUsage server) {
    OptionalDouble bytes = server.residentBytesPerConnection(run.connections().open());
    return bytes.isPresent() ? Figures.wholeOfThreeDigits(bytes.getAsDouble()) : Figures.NONE;
  }

  private interface ServerFigure {
    String of(RunResult run, ServerUsage server);
  }
}
