package myriad.results.report;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import myriad.results.Counter;
import myriad.results.ErrorKind;
import myriad.results.HealthFigure;
import myriad.results.LatencyKind;
import myriad.results.LatencySummary;
import myriad.results.MemoryGrowth;
import myriad.results.RecordedSweep;
import myriad.results.RunResult;
import myriad.results.RunResult.Outcome;
import myriad.results.ServerUsage;
import myriad.results.SweepResult;
import org.jspecify.annotations.Nullable;

/**
 * A row a run, skipped runs included. The columns up to {@code verdict} never change; after them
 * come how the run ended, what was found, the errors by kind, more of what the server cost, what
 * was asked for and how late it was sent, and {@code plan_OPTION} for each option of the load that
 * any run of the sweep was given.
 */
public final class SummaryCsvReporter implements Reporter {

  private static final String SEPARATOR = "; ";

  @Override
  public String format() {
    return "csv";
  }

  @Override
  public String fileName() {
    return "summary.csv";
  }

  @Override
  public void write(RecordedSweep sweep, OutputStream out) throws IOException {
    Csv.write(out, columns(sweep.result()), sweep.result().runs().stream());
  }

  private static List<Column<RunResult>> columns(SweepResult sweep) {
    List<Column<RunResult>> columns = new ArrayList<>();
    columns.addAll(identity(sweep));
    columns.addAll(throughput());
    columns.addAll(latencies());
    columns.addAll(costs());
    columns.add(new Column<>("verdict", RunLabels::verdict));
    columns.addAll(findings());
    columns.addAll(errorsByKind());
    columns.addAll(explanations());
    columns.addAll(serverDetails());
    columns.addAll(lateness());
    columns.addAll(plan(sweep));
    return columns;
  }

  private static List<Column<RunResult>> identity(SweepResult sweep) {
    return List.of(
        new Column<>("run_id", _ -> sweep.runId()),
        new Column<>("variant", RunResult::variant),
        new Column<>("model", RunResult::model),
        new Column<>("repeat", RunResult::repeat),
        new Column<>("connections_target", run -> run.connections().target()));
  }

  private static List<Column<RunResult>> throughput() {
    return List.of(
        figure("connections_open", run -> run.connections().open()),
        figure("duration_s", RunResult::measuredSeconds),
        figure("messages", RunResult::messages),
        figure("msgs_per_s", RunResult::messagesPerSecond));
  }

  private static List<Column<RunResult>> latencies() {
    return List.of(
        latency("service_p50_us", LatencyKind.SERVICE, LatencySummary::p50Ns),
        latency("service_p99_us", LatencyKind.SERVICE, LatencySummary::p99Ns),
        latency("service_p999_us", LatencyKind.SERVICE, LatencySummary::p999Ns),
        latency("service_max_us", LatencyKind.SERVICE, LatencySummary::maxNs),
        latency("response_p50_us", LatencyKind.RESPONSE, LatencySummary::p50Ns),
        latency("response_p99_us", LatencyKind.RESPONSE, LatencySummary::p99Ns),
        latency("response_p999_us", LatencyKind.RESPONSE, LatencySummary::p999Ns),
        latency("response_max_us", LatencyKind.RESPONSE, LatencySummary::maxNs),
        latency("connect_p99_us", LatencyKind.CONNECT, LatencySummary::p99Ns));
  }

  private static List<Column<RunResult>> costs() {
    return List.of(
        figure("errors", RunResult::errors),
        figure("server_cpu_us_per_msg", run -> orNull(run.serverMicrosPerMessage())),
        figure("server_rss_bytes_per_conn", run -> orNull(run.serverBytesPerConnection())),
        server("server_threads", (use, _) -> use.threads()),
        figure("loadgen_cpu_us_per_msg", run -> orNull(run.generatorMicrosPerMessage())));
  }

  private static List<Column<RunResult>> findings() {
    return List.of(
        new Column<>("outcome", RunResult::outcome),
        new Column<>("reasons", run -> String.join(SEPARATOR, run.verdict().reasons())),
        new Column<>("notes", run -> String.join(SEPARATOR, run.notes())));
  }

  private static List<Column<RunResult>> explanations() {
    return List.of(
        new Column<>(
            "error_examples",
            run ->
                run.errorKinds().stream()
                    .map(ErrorKind::describe)
                    .collect(Collectors.joining(SEPARATOR))),
        new Column<>(
            "health",
            run ->
                run.health().stream()
                    .map(HealthFigure::describe)
                    .collect(Collectors.joining(SEPARATOR))));
  }

  private static List<Column<RunResult>> serverDetails() {
    return List.of(
        figure(
            "server_context_switches",
            run -> run.server() == null ? null : run.server().contextSwitches()),
        server("server_descriptors", (use, _) -> use.descriptors()),
        growth("server_pss_growth_bytes", MemoryGrowth::proportionalBytes),
        growth("server_heap_growth_bytes", MemoryGrowth::heapBytes),
        growth("kernel_socket_growth_bytes", MemoryGrowth::kernelSocketBytes));
  }

  private static List<Column<RunResult>> lateness() {
    return List.of(
        figure("asked_msgs_per_s", run -> orNull(run.askedPerSecond())),
        latency("lag_p50_us", LatencyKind.LAG, LatencySummary::p50Ns),
        latency("lag_p99_us", LatencyKind.LAG, LatencySummary::p99Ns),
        latency("lag_max_us", LatencyKind.LAG, LatencySummary::maxNs),
        latency("first_byte_p50_us", LatencyKind.FIRST_BYTE, LatencySummary::p50Ns),
        latency("first_byte_p99_us", LatencyKind.FIRST_BYTE, LatencySummary::p99Ns),
        latency("first_byte_max_us", LatencyKind.FIRST_BYTE, LatencySummary::maxNs));
  }

  private static Column<RunResult> growth(
      String name, Function<MemoryGrowth, @Nullable Long> bytes) {
    return figure(
        name,
        run ->
            run.server() == null || run.server().memoryGrowth() == null
                ? null
                : bytes.apply(run.server().memoryGrowth()));
  }

  private static Stream<Counter> errorKinds() {
    return Arrays.stream(Counter.values()).filter(Counter::isError);
  }

  private static List<Column<RunResult>> errorsByKind() {
    return errorKinds()
        .map(
            kind ->
                figure(
                    "errors_" + kind.name().toLowerCase(Locale.ROOT),
                    run -> run.counters().getOrDefault(kind, 0L)))
        .toList();
  }

  private static List<Column<RunResult>> plan(SweepResult sweep) {
    return sweep.runs().stream()
        .map(RunResult::plan)
        .map(Map::keySet)
        .flatMap(options -> options.stream())
        .distinct()
        .map(option -> new Column<RunResult>("plan_" + option, run -> run.plan().get(option)))
        .toList();
  }

  private static Column<RunResult> figure(
      String name, Function<RunResult, @Nullable Object> figure) {
    return new Column<>(name, run -> run.outcome() == Outcome.SKIPPED ? null : figure.apply(run));
  }

  private static Column<RunResult> latency(
      String name, LatencyKind kind, ToLongFunction<LatencySummary> percentileNs) {
    return figure(
        name,
        run -> {
          LatencySummary summary = run.latency().get(kind);
          return summary == null || summary.count() == 0
              ? null
              : Csv.micros(percentileNs.applyAsLong(summary));
        });
  }

  private static @Nullable Object orNull(OptionalDouble figure) {
    return figure.isPresent() ? figure.getAsDouble() : null;
  }

  private static Column<RunResult> server(
      String name, ToDoubleBiFunction<ServerUsage, RunResult> figure) {
    return figure(
        name, run -> run.server() == null ? null : figure.applyAsDouble(run.server(), run));
  }
}
