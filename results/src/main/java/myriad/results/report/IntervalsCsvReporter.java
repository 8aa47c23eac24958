package myriad.results.report;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import myriad.results.Counter;
import myriad.results.Interval;
import myriad.results.RecordedSweep;
import myriad.results.RunResult;
import myriad.results.SweepResult;
import org.jspecify.annotations.Nullable;

/** A row a second of each run. Times are since the start of the run. */
public final class IntervalsCsvReporter implements Reporter {

  @Override
  public String format() {
    return "intervals-csv";
  }

  @Override
  public String fileName() {
    return "intervals.csv";
  }

  @Override
  public void write(RecordedSweep sweep, OutputStream out) throws IOException {
    Csv.write(out, columns(sweep.result()), rows(sweep.result()));
  }

  private record Row(int runNumber, RunResult run, Interval interval) {}

  private static Stream<Row> rows(SweepResult sweep) {
    return IntStream.range(0, sweep.runs().size()).boxed().flatMap(index -> rows(sweep, index));
  }

  private static Stream<Row> rows(SweepResult sweep, int index) {
    RunResult run = sweep.runs().get(index);
    return run.intervals().stream().map(interval -> new Row(index + 1, run, interval));
  }

  private static List<Column<Row>> columns(SweepResult sweep) {
    List<Column<Row>> columns = new ArrayList<>();
    columns.addAll(identity(sweep));
    columns.addAll(load());
    columns.addAll(latencies());
    columns.addAll(costs());
    columns.addAll(health());
    columns.addAll(errorsByKind());
    columns.addAll(furtherLatencies());
    return columns;
  }

  private static List<Column<Row>> identity(SweepResult sweep) {
    return List.of(
        new Column<>("run_id", _ -> sweep.runId()),
        new Column<>("run", Row::runNumber),
        new Column<>("variant", row -> row.run().variant()),
        new Column<>("connections_target", row -> row.run().connections().target()),
        new Column<>("repeat", row -> row.run().repeat()));
  }

  private static List<Column<Row>> load() {
    return List.of(
        figure("start_s", Interval::startSeconds),
        figure("length_s", Interval::lengthSeconds),
        figure("phase", Interval::phase),
        figure("connections_attempted", Interval::connectionsAttempted),
        figure("connections_open", Interval::connectionsOpen),
        figure("connections_failed", Interval::connectionsFailed),
        figure("messages", Interval::messages),
        figure("errors", Interval::errors));
  }

  private static List<Column<Row>> latencies() {
    return List.of(
        figure("service_p50_us", interval -> Csv.micros(interval.serviceP50Ns())),
        figure("service_p99_us", interval -> Csv.micros(interval.serviceP99Ns())),
        figure("service_max_us", interval -> Csv.micros(interval.serviceMaxNs())),
        figure("response_p99_us", interval -> Csv.micros(interval.responseP99Ns())),
        figure("lag_p99_us", interval -> Csv.micros(interval.lagP99Ns())));
  }

  private static List<Column<Row>> costs() {
    return List.of(
        server("server_cpu_cores", Interval.Server::cpuCores),
        server("server_rss_bytes", Interval.Server::residentBytes),
        server("server_threads", Interval.Server::threads),
        server("server_descriptors", Interval.Server::descriptors),
        figure("loadgen_cpu_cores", Interval::generatorCpuCores));
  }

  private static List<Column<Row>> health() {
    return List.of(
        figure("loadgen_busiest_loop", Interval::generatorBusiestLoop),
        figure("loadgen_gc_ms", Interval::generatorGcMillis),
        figure("loadgen_stall_ms", Interval::generatorStallMillis));
  }

  private static List<Column<Row>> errorsByKind() {
    return Arrays.stream(Counter.values())
        .filter(Counter::isError)
        .map(
            kind ->
                figure(
                    "errors_" + kind.name().toLowerCase(Locale.ROOT),
                    interval -> interval.errorsByKind().getOrDefault(kind, 0L)))
        .toList();
  }

  private static List<Column<Row>> furtherLatencies() {
    return List.of(
        figure("response_p50_us", interval -> Csv.micros(interval.responseP50Ns())),
        figure("first_byte_p99_us", interval -> Csv.micros(interval.firstByteP99Ns())));
  }

  private static Column<Row> figure(String name, Function<Interval, Object> figure) {
    return new Column<>(name, row -> figure.apply(row.interval()));
  }

  private static Column<Row> server(String name, Function<Interval.Server, Object> figure) {
    return new Column<>(name, row -> serverFigure(row.interval().server(), figure));
  }

  private static @Nullable Object serverFigure(
      Interval.@Nullable Server server, Function<Interval.Server, Object> figure) {
    return server == null ? null : figure.apply(server);
  }
}
