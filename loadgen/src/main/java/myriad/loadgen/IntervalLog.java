package myriad.loadgen;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import myriad.loadgen.host.ProcessSample;
import myriad.results.Counter;
import myriad.results.ErrorKind;
import myriad.results.Interval;
import myriad.results.LatencyKind;
import myriad.results.LatencySummary;
import myriad.results.RunHistograms;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a run into intervals: takes what the loops recorded, adds it to the totals of the measured
 * phase, and keeps a line for each interval. Used by the run's thread alone.
 */
final class IntervalLog {

  private final LoopGroup loops;
  private final TargetWatch target;
  private final GeneratorProbe generator;
  private final long runStartNs = System.nanoTime();
  private final long runStartEpochMillis = System.currentTimeMillis();

  private final LatencyRecorder measured = new LatencyRecorder();

  /**
   * Sums over the loops of one interval, and of its measured part. Kept, as histograms that are
   * made anew every second are megabytes that the collector has to move, and the load waits for it.
   */
  private final LatencyRecorder all = new LatencyRecorder();

  private final LatencyRecorder inside = new LatencyRecorder();
  private final CompactIntervals histograms = new CompactIntervals();
  private final List<Interval> intervals = new ArrayList<>();

  private List<Recorders> spare;
  private List<LoopSnapshot> latest;
  private long cutAtNs = runStartNs;
  private @Nullable ProcessSample targetAtCut;

  IntervalLog(LoopGroup loops, TargetWatch target, GeneratorProbe generator) {
    this.loops = loops;
    this.target = target;
    this.generator = generator;
    histograms.makeRoomFor(inside);
    this.spare = newRecorders(loops.size());
    this.latest = loops.swap(newRecorders(loops.size()));
  }

  /** Ends the interval that is under way; it belongs to {@code phase}. */
  Interval cut(Interval.Phase phase) {
    List<LoopSnapshot> before = latest;
    latest = loops.swap(spare);
    spare = latest.stream().map(s -> new Recorders(s.measured(), s.outside())).toList();
    long nowNs = System.nanoTime();

    for (Recorders recorded : spare) {
      inside.add(recorded.measured);
      all.add(recorded.outside);
      recorded.reset();
    }
    all.add(inside);
    keep(inside.recorded(), nowNs);
    measured.add(inside);
    Interval interval = describe(phase, before, nowNs);
    inside.reset();
    all.reset();
    intervals.add(interval);
    cutAtNs = nowNs;
    return interval;
  }

  /** When the interval under way began, by {@link System#nanoTime}. */
  long cutAtNs() {
    return cutAtNs;
  }

  long runStartNs() {
    return runStartNs;
  }

  List<Interval> intervals() {
    return intervals;
  }

  /** The latest value of something that the loops count since the run began, over all loops. */
  long total(ToLongFunction<LoopSnapshot> value) {
    return latest.stream().mapToLong(value).sum();
  }

  /** How the connections stood when the latest interval was cut. */
  ConnectStatus connections() {
    return latest.stream()
        .map(LoopSnapshot::connections)
        .reduce(ConnectStatus.NONE, ConnectStatus::plus);
  }

  Map<Counter, Long> counters() {
    return counters(latest);
  }

  /** Each kind of error that occurred, with the first example of all loops. */
  List<ErrorKind> errorKinds(LoadPlan plan) {
    Map<Counter, FirstError> first = new EnumMap<>(Counter.class);
    for (LoopSnapshot snapshot : latest) {
      snapshot
          .firstErrors()
          .forEach((kind, error) -> first.merge(kind, error, FirstError::earlier));
    }
    Map<Counter, Long> counts = counters();
    return first.entrySet().stream()
        .map(
            error ->
                new ErrorKind(
                    error.getKey(),
                    counts.getOrDefault(error.getKey(), 0L),
                    (error.getValue().atNs() - runStartNs) / 1e9,
                    error.getValue().connection(),
                    AddressText.of(Dialer.targetOf(plan, error.getValue().connection())),
                    error.getValue().example(),
                    SocketFailures.remedyFor(error.getKey(), error.getValue().example())))
        .toList();
  }

  /** The measured phase so far, as figures. */
  Map<LatencyKind, LatencySummary> latency() {
    Map<LatencyKind, LatencySummary> summaries = new EnumMap<>(LatencyKind.class);
    measured
        .recorded()
        .forEach(
            (kind, histogram) ->
                summaries.put(kind, LatencySummary.of(histogram, measured.overflow(kind))));
    return summaries;
  }

  RunHistograms histograms() {
    return new RunHistograms(measured.recorded(), histograms, epochMillis(runStartNs));
  }

  private void keep(Map<LatencyKind, Histogram> interval, long untilNs) {
    for (Histogram histogram : interval.values()) {
      histogram.setStartTimeStamp(epochMillis(cutAtNs));
      histogram.setEndTimeStamp(epochMillis(untilNs));
    }
    if (!interval.isEmpty()) {
      histograms.append(interval);
    }
  }

  private Interval describe(Interval.Phase phase, List<LoopSnapshot> before, long nowNs) {
    double seconds = (nowNs - cutAtNs) / 1e9;
    GeneratorProbe.IntervalCost cost = generator.cutInterval();
    Histogram service = all.histogram(LatencyKind.SERVICE);
    Histogram response = all.histogram(LatencyKind.RESPONSE);
    ConnectStatus connections = connections();
    return new Interval(
        (cutAtNs - runStartNs) / 1e9,
        seconds,
        phase,
        connections.attempted(),
        connections.open(),
        connections.failed(),
        total(LoopSnapshot::echoed) - sum(before, LoopSnapshot::echoed),
        total(LoopSnapshot::errors) - sum(before, LoopSnapshot::errors),
        service.getValueAtPercentile(50),
        service.getValueAtPercentile(99),
        service.getMaxValue(),
        response.getValueAtPercentile(99),
        all.histogram(LatencyKind.LAG).getValueAtPercentile(99),
        describeTarget(),
        cost.cpuCores(),
        errorsSince(before),
        cost.busiestLoop(),
        cost.gcMillis(),
        cost.stallMillis(),
        response.getValueAtPercentile(50),
        all.histogram(LatencyKind.FIRST_BYTE).getValueAtPercentile(99));
  }

  private Map<Counter, Long> errorsSince(List<LoopSnapshot> before) {
    Map<Counter, Long> earlier = counters(before);
    Map<Counter, Long> errors = new EnumMap<>(Counter.class);
    counters(latest)
        .forEach(
            (counter, count) -> {
              long growth = count - earlier.getOrDefault(counter, 0L);
              if (counter.isError() && growth > 0) {
                errors.put(counter, growth);
              }
            });
    return errors;
  }

  private static Map<Counter, Long> counters(List<LoopSnapshot> snapshots) {
    Map<Counter, Long> sums = new EnumMap<>(Counter.class);
    for (LoopSnapshot snapshot : snapshots) {
      snapshot.counters().forEach((counter, value) -> sums.merge(counter, value, Long::sum));
    }
    return sums;
  }

  private Interval.@Nullable Server describeTarget() {
    Optional<ProcessSample> sample = target.sample();
    ProcessSample before = targetAtCut;
    targetAtCut = sample.orElse(null);
    return sample
        .map(
            now ->
                new Interval.Server(
                    before == null ? 0 : cores(before, now),
                    now.residentBytes(),
                    now.threads(),
                    now.descriptors()))
        .orElse(null);
  }

  private static double cores(ProcessSample from, ProcessSample until) {
    return (until.cpuSeconds() - from.cpuSeconds()) / ((until.atNs() - from.atNs()) / 1e9);
  }

  private long epochMillis(long nanoTime) {
    return runStartEpochMillis + (nanoTime - runStartNs) / 1_000_000;
  }

  private static long sum(List<LoopSnapshot> snapshots, ToLongFunction<LoopSnapshot> value) {
    return snapshots.stream().mapToLong(value).sum();
  }

  private static List<Recorders> newRecorders(int loops) {
    return IntStream.range(0, loops)
        .mapToObj(i -> new Recorders(new LatencyRecorder(), new LatencyRecorder()))
        .toList();
  }

  /** What a loop records into: latencies of the measured phase, and the others. */
  record Recorders(LatencyRecorder measured, LatencyRecorder outside) {
    void reset() {
      measured.reset();
      outside.reset();
    }
  }
}
