package myriad.results;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;
import org.jspecify.annotations.Nullable;

/**
 * An invented sweep of eleven variants that looks like a real one, for tests of what is made of
 * results. The same arguments give the same sweep. It has what a real one has: a variant that
 * cannot run here, one that cannot reach a count, a server that dies, a generator that was the
 * bottleneck, a second in which a server froze.
 */
public final class SampleSweep {

  public static final Instant STARTED_AT = Instant.parse("2026-11-22T20:15:30Z");
  public static final Environment ENVIRONMENT =
      new Environment(
          "0.1.0",
          "25.0.3+9",
          "Eclipse Adoptium",
          "Linux",
          "6.18.44",
          "amd64",
          "Intel(R) Xeon(R) Processor @ 2.90GHz",
          2,
          24L << 30,
          "bench-host",
          new LinkedHashMap<>(
              Map.of("descriptors", "20000", "net.core.somaxconn", "4096", "pid_max", "32768")));

  private static final int MEASURED_SECONDS = 8;
  private static final int SAMPLES_AN_INTERVAL = 1_000;
  private static final int FREEZE_AT_SECOND = 5;
  private static final long LARGEST_NS = Duration.ofMinutes(10).toNanos();

  private static final List<Shape> SHAPES =
      List.of(
          new Shape("sequential", "one blocking thread, one connection at a time", 31, 40, 0.3, 1),
          new Shape("prefork", "N processes, each blocking", 52, 30, 0.4, 64),
          new Shape(
              "thread-per-connection", "one platform thread a connection", 66, 35, 0.5, 32_000),
          new Shape("thread-pool", "bounded pool, blocking", 58, 34, 0.6, 200),
          new Shape(
              "busy-poll", "non-blocking sockets polled round and round", 41, 90, 0.7, 100_000),
          new Shape("nio-selector", "Selector, callbacks, event loops", 92, 22, 0.35, 1_000_000),
          new Shape("nio2-completion", "completion handlers", 71, 28, 0.5, 1_000_000),
          new Shape("epoll", "Netty native epoll", 101, 20, 0.3, 1_000_000),
          new Shape("io_uring", "Netty native io_uring", 99, 21, 0.33, 1_000_000),
          new Shape("virtual-threads", "JDK virtual thread a connection", 78, 26, 0.45, 1_000_000),
          new Shape("async-tasks", "coroutines on an event loop", 84, 24, 0.4, 1_000_000));

  /**
   * @param thousandsASecond capacity
   * @param baseMicros service time with one connection
   * @param spread sigma of the log-normal service time
   * @param mostConnections that it can serve at once
   */
  private record Shape(
      String id,
      String model,
      double thousandsASecond,
      double baseMicros,
      double spread,
      int mostConnections) {

    int served(int connections) {
      return Math.min(connections, mostConnections);
    }

    double messagesPerSecond(int connections) {
      int served = served(connections);
      return 1_000 * thousandsASecond * served / (served + 3.0) / (1 + served / 40_000.0);
    }

    double medianMicros(int connections) {
      return baseMicros + served(connections) * 1e6 / messagesPerSecond(connections);
    }

    double bytesPerConnection() {
      return id.contains("thread-p") ? 34_000 : id.startsWith("virtual") ? 6_500 : 2_800;
    }
  }

  private final List<Integer> connections;
  private final int repeats;
  private final int rate;

  private SampleSweep(List<Integer> connections, int repeats) {
    this(connections, repeats, 0);
  }

  /**
   * @param rate messages a second that are offered; 0 for closed loop
   */
  private SampleSweep(List<Integer> connections, int repeats, int rate) {
    this.connections = List.copyOf(connections);
    this.repeats = repeats;
    this.rate = rate;
  }

  /** Three variants at two counts, once: enough for a test of a format. */
  public static RecordedSweep small() {
    return new SampleSweep(List.of(100, 1_000), 1).recorded(3);
  }

  /** The size that the report's limits are stated for. */
  public static RecordedSweep large() {
    return new SampleSweep(List.of(100, 1_000, 10_000), 5).recorded(SHAPES.size());
  }

  /** Three variants in closed loop at six counts, twice: enough to fit a law to. */
  public static RecordedSweep overConnections() {
    return new SampleSweep(List.of(1, 4, 16, 64, 256, 1_024), 2).recorded(3);
  }

  /** Two variants in open loop at five rates, the highest of which they cannot serve. */
  public static RecordedSweep overRates() {
    List<RecordedSweep> rates =
        IntStream.rangeClosed(1, 5)
            .mapToObj(step -> new SampleSweep(List.of(1_000), 1, step * 25_000).recorded(2))
            .toList();
    List<RunResult> runs = rates.stream().flatMap(sweep -> sweep.result().runs().stream()).toList();
    return new RecordedSweep(
        Runs.sweepOf(rates.getFirst().result(), runs),
        index -> rates.get(index / 2).histograms().histogramsOf(index % 2));
  }

  private RecordedSweep recorded(int variants) {
    List<Run> runs = runs(SHAPES.subList(SHAPES.size() - variants, SHAPES.size())).toList();
    SweepResult sweep =
        new SweepResult(
            SweepResult.FORMAT_VERSION,
            "20261122-201530-bench",
            SweepResult.Status.COMPLETE,
            STARTED_AT,
            STARTED_AT.plusSeconds(runs.size() * (MEASURED_SECONDS + 3L)),
            List.of("myriad", "bench", "-c", "100,1k,10k", "--repeats", "" + repeats),
            ENVIRONMENT,
            runs.stream().map(Run::result).toList());
    return new RecordedSweep(sweep, index -> runs.get(index).histograms());
  }

  private Stream<Run> runs(List<Shape> shapes) {
    return shapes.stream()
        .flatMap(
            shape ->
                connections.stream()
                    .flatMap(
                        count ->
                            IntStream.rangeClosed(1, repeats)
                                .mapToObj(repeat -> new Run(shape, count, repeat, rate))));
  }

  /** One invented run; its histograms are made when they are asked for. */
  private record Run(Shape shape, int count, int repeat, int rate) {

    RunResult result() {
      if (shape.id.equals("io_uring") && count >= 10_000) {
        return skipped();
      }
      boolean dies = shape.id.equals("nio2-completion") && count >= 10_000 && repeat == 2;
      boolean busy = shape.id.equals("epoll") && count == 100 && repeat == 1;
      int served = shape.served(count);
      long messages = Math.round(messagesPerSecond() * MEASURED_SECONDS);
      Map<LatencyKind, LatencySummary> latency = new EnumMap<>(LatencyKind.class);
      RunHistograms histograms = histograms();
      histograms.measured().forEach((k, h) -> latency.put(k, LatencySummary.of(h, 0)));
      return RunResult.builder()
          .variant(shape.id)
          .model(shape.model)
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
          .server(server(served, messages))
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
          .build();
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
          .variant(shape.id)
          .model(shape.model)
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
      }
      return plan;
    }

    private SplittableRandom random() {
      return new SplittableRandom(shape.id.hashCode() * 31L + count * 7L + repeat);
    }

    private double messagesPerSecond() {
      double capacity = drift() * shape.messagesPerSecond(count);
      return rate == 0 ? capacity : Math.min(rate, capacity);
    }

    /** In open loop, what has to wait for its turn: little at first, everything beyond capacity. */
    private double waitMicros() {
      double load = rate / shape.messagesPerSecond(count);
      return rate == 0 ? 0 : load < 0.95 ? 40 * load / (1 - load) : 400_000 * load;
    }

    private double drift() {
      return 0.9 + random().nextDouble() * 0.2;
    }

    private ServerUsage server(int served, long messages) {
      long idle = 48L << 20;
      return new ServerUsage(
          messages * 1e-3 / shape.thousandsASecond * 0.9,
          idle,
          idle + Math.round(served * shape.bytesPerConnection() * drift()),
          shape.bytesPerConnection() > 30_000 ? served + 20 : 22,
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
      int served = shape.served(count);
      int open = phase == Interval.Phase.CONNECT ? served * 2 / 3 : served;
      return new Interval(
          second,
          1.0,
          phase,
          count,
          phase == Interval.Phase.CLOSE ? 0 : open,
          count - served,
          messages,
          0,
          service == null ? 0 : service.getValueAtPercentile(50),
          service == null ? 0 : service.getValueAtPercentile(99),
          service == null ? 0 : service.getMaxValue(),
          service == null ? 0 : service.getValueAtPercentile(99),
          service == null ? 0 : 35_000,
          new Interval.Server(
              0.93, (48L << 20) + Math.round(open * shape.bytesPerConnection()), 22, open + 40),
          0.71,
          Map.of(),
          0.7,
          second == 4 ? 18 : 3,
          second == 6 ? 24 : 1.5,
          service == null ? 0 : service.getValueAtPercentile(50),
          service == null ? 0 : service.getValueAtPercentile(99));
    }

    RunHistograms histograms() {
      if (shape.id.equals("io_uring") && count >= 10_000) {
        return RunHistograms.none();
      }
      SplittableRandom random = random();
      Map<LatencyKind, Histogram> measured = new EnumMap<>(LatencyKind.class);
      List<Map<LatencyKind, Histogram>> intervals = new ArrayList<>();
      for (int second = 0; second < MEASURED_SECONDS; second++) {
        boolean frozen = shape.id.equals("virtual-threads") && second == FREEZE_AT_SECOND;
        Histogram service = serviceTimes(random, frozen);
        service.setStartTimeStamp(STARTED_AT.toEpochMilli() + 2_000 + second * 1_000L);
        service.setEndTimeStamp(service.getStartTimeStamp() + 1_000);
        intervals.add(
            new EnumMap<>(
                Map.of(
                    LatencyKind.SERVICE, service, LatencyKind.RESPONSE, responseTimes(service))));
      }
      for (LatencyKind kind : List.of(LatencyKind.SERVICE, LatencyKind.RESPONSE)) {
        Histogram sum = histogram();
        intervals.forEach(interval -> sum.add(interval.get(kind)));
        measured.put(kind, sum);
      }
      measured.put(LatencyKind.CONNECT, connectTimes(random));
      return new RunHistograms(measured, intervals);
    }

    private Histogram serviceTimes(SplittableRandom random, boolean frozen) {
      Histogram service = histogram();
      double medianMicros = shape.medianMicros(count);
      for (int i = 0; i < SAMPLES_AN_INTERVAL; i++) {
        double micros = medianMicros * Math.exp(random.nextGaussian() * shape.spread);
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
      for (int i = 0; i < shape.served(count); i++) {
        connects.recordValue(Math.round(90_000 * Math.exp(random.nextGaussian())));
      }
      return connects;
    }

    private static Histogram histogram() {
      return new Histogram(1_000, LARGEST_NS, 3);
    }
  }
}
