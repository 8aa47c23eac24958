package myriad.results.report.html;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import myriad.results.Interval;
import myriad.results.LatencyKind;
import myriad.results.LatencySummary;
import myriad.results.Pace;
import myriad.results.RecordedSweep;
import myriad.results.ResultsException;
import myriad.results.RunHistograms;
import myriad.results.RunResult;
import myriad.results.report.RunGroup;
import myriad.results.report.RunLabels;
import myriad.results.stats.Spread;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * What the charts are drawn from, in the shape in which the script reads it. Times are
 * microseconds, memory is bytes.
 *
 * @param fits one for each variant whose throughput the scalability law was fitted to
 */
record ChartData(List<String> variants, List<Group> groups, List<Run> runs, List<Fit> fits) {

  private static final double NANOS_PER_MICRO = 1_000;

  /** All columns of all heatmaps together: what keeps a report of many runs small. */
  private static final int MOST_COLUMNS = 5_000;

  private static final int FEWEST_COLUMNS_A_RUN = 10;
  private static final int MOST_COLUMNS_A_RUN = 150;

  /** Of what was offered, what must come back of a target of which no more is known. */
  private static final double KEPT_SHARE = 0.95;

  /**
   * The repeats of one plan. Absent figures were not measured.
   *
   * @param behind whether messages came back more slowly than they were due, in most repeats
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Group(
      String variant,
      String load,
      int connections,
      @Nullable Double offered,
      boolean behind,
      @Nullable Range rate,
      @Nullable Range responseP99,
      @Nullable Range bytes,
      @Nullable Range heap,
      @Nullable Range kernel,
      @Nullable Range resident,
      @Nullable Range utilisation,
      @Nullable List<List<Number>> service,
      @Nullable List<List<Number>> response) {}

  /** A {@link Spread} in few digits. */
  record Range(Number mid, Number min, Number max) {

    static @Nullable Range of(Optional<Spread> spread, double divisor) {
      return spread
          .map(
              found ->
                  new Range(
                      Compact.number(found.mid() / divisor),
                      Compact.number(found.min() / divisor),
                      Compact.number(found.max() / divisor)))
          .orElse(null);
    }
  }

  /**
   * A {@link ScalingFit} that was found.
   *
   * @param points connections and messages a second
   * @param curve connections, messages a second, and both ends of their band
   */
  record Fit(String variant, List<List<Number>> points, List<List<Number>> curve) {

    static Fit of(ScalingFit fit) {
      return new Fit(
          fit.variant(),
          fit.points().stream()
              .map(point -> List.of(Compact.number(point[0]), Compact.number(point[1])))
              .toList(),
          fit.curve());
    }
  }

  /** One run over time. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Run(String label, @Nullable LatencyHeatmap heat, List<Second> seconds) {}

  /** An interval of a run, or several, with the {@link Troubles} in them. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  record Second(
      Number t,
      Number length,
      long attempted,
      int open,
      long failed,
      List<String> errors,
      List<String> pauses) {

    static Second of(List<Interval> stretch) {
      Interval first = stretch.getFirst();
      Interval last = stretch.getLast();
      Troubles troubles = Troubles.of(stretch);
      return new Second(
          Compact.number(first.startSeconds()),
          Compact.number(last.startSeconds() + last.lengthSeconds() - first.startSeconds()),
          last.connectionsAttempted(),
          last.connectionsOpen(),
          last.connectionsFailed(),
          troubles.errors(),
          troubles.pauses());
    }
  }

  static ChartData of(RecordedSweep sweep, List<RunGroup> groups) throws ResultsException {
    List<RunResult> runs = sweep.result().runs();
    int columnsARun =
        Math.clamp(
            MOST_COLUMNS / Math.max(1, runs.size()), FEWEST_COLUMNS_A_RUN, MOST_COLUMNS_A_RUN);
    Run[] runData = new Run[runs.size()];
    List<Group> groupData = new ArrayList<>();
    for (RunGroup group : groups) {
      Map<LatencyKind, Histogram> merged = new EnumMap<>(LatencyKind.class);
      for (int index : group.runIndexes()) {
        RunResult run = runs.get(index);
        RunHistograms histograms = sweep.histograms().histogramsOf(index);
        runData[index] = run(run, group.load(), histograms, columnsARun);
        if (group.counted().contains(run)) {
          merge(merged, histograms);
        }
      }
      groupData.add(group(group, merged));
    }
    return new ChartData(
        runs.stream().map(RunResult::serverName).distinct().toList(),
        groupData,
        List.of(runData),
        ScalingFit.of(groups).stream().filter(fit -> fit.law().isPresent()).map(Fit::of).toList());
  }

  private static void merge(Map<LatencyKind, Histogram> merged, RunHistograms histograms) {
    for (LatencyKind kind : List.of(LatencyKind.SERVICE, LatencyKind.RESPONSE)) {
      Histogram histogram = histograms.measured().get(kind);
      if (histogram != null) {
        merged.computeIfAbsent(kind, _ -> new Histogram(histogram)).add(histogram);
      }
    }
  }

  private static Group group(RunGroup group, Map<LatencyKind, Histogram> merged) {
    Histogram service = merged.get(LatencyKind.SERVICE);
    Histogram response = merged.get(LatencyKind.RESPONSE);
    OptionalDouble offered = group.offeredRate();
    return new Group(
        group.serverName(),
        group.load(),
        group.connectionsTarget(),
        offered.isPresent() ? offered.getAsDouble() : null,
        offered.isPresent() && isBehind(group, offered.getAsDouble()),
        Range.of(group.figure(RunResult::messagesPerSecond), 1),
        Range.of(group.latency(LatencyKind.RESPONSE, LatencySummary::p99Ns), NANOS_PER_MICRO),
        Range.of(group.serverBytesPerConnection(), 1),
        Range.of(group.serverHeapPerConnection(), 1),
        Range.of(group.kernelBytesPerConnection(), 1),
        Range.of(group.serverResidentBytes(), 1),
        Range.of(
            group.figure(
                run -> run.generator() == null ? null : run.generator().busiestLoopUtilisation()),
            1),
        service == null ? null : PercentileCurve.of(service),
        response == null || response.equals(service) ? null : PercentileCurve.of(response));
  }

  private static boolean isBehind(RunGroup group, double offered) {
    long behind =
        group.counted().stream()
            .filter(
                run ->
                    Pace.of(run)
                        .map(pace -> !pace.isKept())
                        .orElse(run.messagesPerSecond() < KEPT_SHARE * offered))
            .count();
    return 2 * behind > group.counted().size();
  }

  private static Run run(RunResult run, String load, RunHistograms histograms, int columns) {
    List<Interval> intervals = run.intervals();
    int stride = Math.max(1, Math.ceilDiv(intervals.size(), columns));
    List<Second> seconds = new ArrayList<>();
    for (int i = 0; i < intervals.size(); i += stride) {
      seconds.add(Second.of(intervals.subList(i, Math.min(i + stride, intervals.size()))));
    }
    return new Run(label(run, load), LatencyHeatmap.of(histograms, columns), seconds);
  }

  private static String label(RunResult run, String load) {
    return "%s, %s, repeat %d, %s"
        .formatted(run.serverName(), load, run.repeat(), RunLabels.verdict(run));
  }
}
