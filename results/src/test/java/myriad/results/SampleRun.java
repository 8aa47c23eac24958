package myriad.results;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;
import org.jspecify.annotations.Nullable;

/**
 * One invented run; its histograms are made when they are asked for.
 *
 * @param count of connections that are asked for
 * @param rate messages a second that are offered; 0 for closed loop
 */
record SampleRun(SampleServer server, int count, int repeat, int rate) {

  static final int MEASURED_SECONDS = 8;

  private static final int SAMPLES_AN_INTERVAL = 1_000;
  private static final int FREEZE_AT_SECOND = 5;
  private static final int DEATH_AT_SECOND = 4;
  private static final long LARGEST_NS = Duration.ofMinutes(10).toNanos();

  RunResult result() {
    if (server.id().equals("io_uring") && count >= 10_000) {
      return skipped();
    }
    boolean dies = dies();
    boolean busy = server.id().equals("epoll") && count == 100 && repeat == 1;
    int served = server.served(count);
    long messages = Math.round(messagesPerSecond() * MEASURED_SECONDS);
    Map<LatencyKind, LatencySummary> latency = new EnumMap<>(LatencyKind.class);
    RunHistograms histograms = histograms();
    histograms.measured().forEach((k, h) -> latency.put(k, LatencySummary.of(h, 0)));
    return RunResult.builder()
        .variant(server.id())
        .model(server.model())
        .target("127.0.0.1:18080")
        .repeat(repeat)
        .plan(plan())
        .outcome(dies ? RunResult.Outcome.TARGET_FAILED : RunResult.Outcome.COMPLETE)
        .verdict(busy ? invalid() : Verdict.valid())
        .notes(
            served < count
                ? List.of("reached " + served + " of " + count + " connections")
                : List.of())
        .connections(
            new RunResult.Connections(count, served, count, count - served, dies ? served : 0))
        .measured(Duration.ofSeconds(MEASURED_SECONDS))
        .messages(messages)
        .counters(
            new EnumMap<>(
                Map.of(
                    Counter.MESSAGES_SENT,
                    messages,
                    Counter.MESSAGES_ECHOED,
                    messages,
                    Counter.RESET,
                    dies ? (long) served : 0L)))
        .latency(latency)
        .intervals(intervals(messages, histograms.intervals()))
        .server(usage(served, messages))
        .generator(
            new GeneratorUsage(
                messages * 6.2e-6,
                14,
                3.2,
                busy ? 0.98 : 0.71,
                Map.of("ListenOverflows", 0L),
                0,
                List.of(new GeneratorUsage.Loop(0.68, busy ? 0.98 : 0.71))))
        .errorKinds(dies ? List.of(reset(served)) : List.of())
        .health(
            List.of(
                new HealthFigure(
                    "busiest event loop", busy ? 98 : 71, HealthFigure.Bound.AT_MOST, 95, "%")))
        .build();
  }

  private boolean dies() {
    return server.id().equals("nio2-completion") && count >= 10_000 && repeat == 2;
  }

  private static ErrorKind reset(int count) {
    return new ErrorKind(
        Counter.RESET,
        count,
        4.25,
        17,
        "127.0.0.1:18080",
        "Connection reset by peer",
        ErrorRemedies.of(Counter.RESET));
  }

  private static Verdict invalid() {
    return new Verdict(
        Verdict.Kind.INVALID,
        List.of("generator saturated: its busiest event loop used 98 % of a core, limit 90 %"));
  }

  private RunResult skipped() {
    return RunResult.builder()
        .variant(server.id())
        .model(server.model())
        .repeat(repeat)
        .plan(plan())
        .outcome(RunResult.Outcome.SKIPPED)
        .notes(List.of("io_uring is disabled here (kernel.io_uring_disabled=2); set it to 0"))
        .connections(new RunResult.Connections(count, 0, 0, 0, 0))
        .build();
  }

  private Map<String, String> plan() {
    Map<String, String> plan = new LinkedHashMap<>();
    plan.put("connections", "" + count);
    plan.put("duration", MEASURED_SECONDS + "s");
    plan.put("warmup", "1s");
    plan.put("size", "64");
    if (rate > 0) {
      plan.put("rate", rate / 1_000 + "k/s");
    } else {
      plan.put("closed-loop", "true");
    }
    return plan;
  }

  private SplittableRandom random() {
    return new SplittableRandom(server.id().hashCode() * 31L + count * 7L + repeat);
  }

  private double messagesPerSecond() {
    double capacity = drift() * server.messagesPerSecond(count);
    return rate == 0 ? capacity : Math.min(rate, capacity);
  }

  /** In open loop, what has to wait for its turn: little at first, everything beyond capacity. */
  private double waitMicros() {
    double load = rate / server.messagesPerSecond(count);
    return rate == 0 ? 0 : load < 0.95 ? 40 * load / (1 - load) : 400_000 * load;
  }

  private double drift() {
    return 0.9 + random().nextDouble() * 0.2;
  }

  private ServerUsage usage(int served, long messages) {
    long idle = 48L << 20;
    return new ServerUsage(
        messages * 1e-3 / server.thousandsASecond() * 0.9,
        idle,
        idle + Math.round(served * server.bytesPerConnection() * drift()),
        server.bytesPerConnection() > 30_000 ? served + 20 : 22,
        served + 40,
        messages / 40,
        new MemoryGrowth(served * 1_300L, served * 900L, 4096),
        Map.of("accepted", (long) served));
  }

  private List<Interval> intervals(long messages, List<Map<LatencyKind, Histogram>> measured) {
    List<Interval> intervals = new ArrayList<>();
    intervals.add(interval(0, Interval.Phase.CONNECT, 0, null));
    intervals.add(interval(1, Interval.Phase.WARMUP, messages / MEASURED_SECONDS, null));
    for (int second = 0; second < measured.size(); second++) {
      intervals.add(
          interval(
              second + 2,
              Interval.Phase.MEASURE,
              messages / MEASURED_SECONDS,
              measured.get(second).get(LatencyKind.SERVICE)));
    }
    intervals.add(interval(intervals.size(), Interval.Phase.CLOSE, 0, null));
    return intervals;
  }

  private Interval interval(
      int second, Interval.Phase phase, long messages, @Nullable Histogram service) {
    int served = server.served(count);
    int open = phase == Interval.Phase.CONNECT ? served * 2 / 3 : served;
    long resets = dies() && second == DEATH_AT_SECOND ? served : 0;
    return new Interval(
        second,
        1.0,
        phase,
        count,
        phase == Interval.Phase.CLOSE ? 0 : open,
        count - served,
        messages,
        resets,
        service == null ? 0 : service.getValueAtPercentile(50),
        service == null ? 0 : service.getValueAtPercentile(99),
        service == null ? 0 : service.getMaxValue(),
        service == null ? 0 : service.getValueAtPercentile(99),
        service == null ? 0 : 35_000,
        new Interval.Server(
            0.93, (48L << 20) + Math.round(open * server.bytesPerConnection()), 22, open + 40),
        0.71,
        resets == 0 ? Map.of() : Map.of(Counter.RESET, resets),
        0.7,
        second == 4 ? 18 : 3,
        second == 6 ? 24 : 1.5,
        service == null ? 0 : service.getValueAtPercentile(50),
        service == null ? 0 : service.getValueAtPercentile(99));
  }

  RunHistograms histograms() {
    if (server.id().equals("io_uring") && count >= 10_000) {
      return RunHistograms.none();
    }
    SplittableRandom random = random();
    Map<LatencyKind, Histogram> measured = new EnumMap<>(LatencyKind.class);
    List<Map<LatencyKind, Histogram>> intervals = new ArrayList<>();
    for (int second = 0; second < MEASURED_SECONDS; second++) {
      boolean frozen = server.id().equals("virtual-threads") && second == FREEZE_AT_SECOND;
      Histogram service = serviceTimes(random, frozen);
      service.setStartTimeStamp(SampleSweep.STARTED_AT.toEpochMilli() + 2_000 + second * 1_000L);
      service.setEndTimeStamp(service.getStartTimeStamp() + 1_000);
      intervals.add(
          new EnumMap<>(
              Map.of(LatencyKind.SERVICE, service, LatencyKind.RESPONSE, responseTimes(service))));
    }
    for (LatencyKind kind : List.of(LatencyKind.SERVICE, LatencyKind.RESPONSE)) {
      Histogram sum = histogram();
      intervals.forEach(interval -> sum.add(interval.get(kind)));
      measured.put(kind, sum);
    }
    measured.put(LatencyKind.CONNECT, connectTimes(random));
    return new RunHistograms(measured, intervals, SampleSweep.STARTED_AT.toEpochMilli());
  }

  private Histogram serviceTimes(SplittableRandom random, boolean frozen) {
    Histogram service = histogram();
    double medianMicros = server.medianMicros(count);
    for (int i = 0; i < SAMPLES_AN_INTERVAL; i++) {
      double micros = medianMicros * Math.exp(random.nextGaussian() * server.spread());
      double tail = random.nextInt(500) == 0 ? 4 + random.nextDouble() * 12 : 1;
      service.recordValue(Math.round(1_000 * micros * tail));
    }
    for (int i = 0; frozen && i < 20; i++) {
      service.recordValue(Duration.ofMillis(900 + random.nextInt(100)).toNanos());
    }
    return service;
  }

  private Histogram responseTimes(Histogram service) {
    if (rate == 0) {
      return service.copy();
    }
    Histogram response = histogram();
    response.setStartTimeStamp(service.getStartTimeStamp());
    response.setEndTimeStamp(service.getEndTimeStamp());
    for (HistogramIterationValue value : service.recordedValues()) {
      response.recordValueWithCount(
          value.getValueIteratedTo() + Math.round(1_000 * waitMicros()),
          value.getCountAtValueIteratedTo());
    }
    return response;
  }

  private Histogram connectTimes(SplittableRandom random) {
    Histogram connects = histogram();
    for (int i = 0; i < server.served(count); i++) {
      connects.recordValue(Math.round(90_000 * Math.exp(random.nextGaussian())));
    }
    return connects;
  }

  private static Histogram histogram() {
    return new Histogram(1_000, LARGEST_NS, 3);
  }
}
