package myriad.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import myriad.results.Counter;
import myriad.results.GeneratorUsage;
import myriad.results.HealthFigure;
import myriad.results.LatencyKind;
import myriad.results.LatencySummary;
import myriad.results.RunResult;
import myriad.results.Verdict;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class LoadSummaryTest {

  /** 3,000 messages in 3 s, each kind of latency 1 ms longer than the one before. */
  private static final RunResult RUN =
      Runs.measured("epoll", 100, 100, Verdict.valid()).toBuilder().latency(latencies()).build();

  private static Map<LatencyKind, LatencySummary> latencies() {
    Map<LatencyKind, LatencySummary> latencies = new EnumMap<>(LatencyKind.class);
    long nanos = 1_000_000;
    for (LatencyKind kind : LatencyKind.values()) {
      Histogram histogram = new Histogram(3);
      histogram.recordValueWithCount(nanos, 3_000);
      latencies.put(kind, LatencySummary.of(histogram, 0));
      nanos += 1_000_000;
    }
    return latencies;
  }

  private static List<String> lines(RunResult run) {
    return new LoadSummary(run).render(OptionalInt.empty()).lines().toList();
  }

  @Test
  void showsAllFiveTimes() {
    List<String> lines = lines(RUN);

    assertThat(lines)
        .anyMatch(line -> line.startsWith("response time") && line.contains("2.00ms"))
        .anyMatch(line -> line.startsWith("service time") && line.contains("1.00ms"))
        .anyMatch(line -> line.startsWith("first byte") && line.contains("5.00ms"))
        .anyMatch(line -> line.startsWith("lag") && line.contains("3.00ms"))
        .anyMatch(line -> line.startsWith("connect time") && line.contains("4.00ms"));
  }

  @Test
  void tellsTheRateThatWasAskedFor() {
    RunResult late = RUN.toBuilder().counters(Map.of(Counter.NOT_DISPATCHED, 600L)).build();

    assertThat(lines(late)).contains("messages     3,000 in 3s: 1.00k/s of 1.20k/s asked");
  }

  @Test
  void tellsBetweenWhichRatesStagesWent() {
    RunResult ramp =
        RUN.toBuilder().plan(Map.of("stages", "1s:2500/s,2s:500/s", "stage-shape", "ramp")).build();
    RunResult steps =
        RUN.toBuilder().plan(Map.of("stages", "1s:2500/s,2s:500/s", "stage-shape", "step")).build();

    assertThat(lines(ramp))
        .contains("messages     3,000 in 3s: 1.00k/s of 1.00k/s asked, from 0/s to 2.50k/s");
    assertThat(lines(steps))
        .contains("messages     3,000 in 3s: 1.00k/s of 1.00k/s asked, from 500/s to 2.50k/s");
  }

  @Test
  void tellsWhatTheVerdictRestsOnBesideItsLimits() {
    RunResult run =
        RUN.toBuilder()
            .health(List.of(new HealthFigure("stalled", 0.5, HealthFigure.Bound.AT_MOST, 2, "%")))
            .build();

    assertThat(lines(run)).contains("health       stalled 0.500 % (at most 2 %)");
  }

  @Test
  void aClosedLoopAsksForNoRate() {
    RunResult closed = RUN.toBuilder().plan(Map.of("closed-loop", "true", "think", "1ms")).build();

    assertThat(lines(closed)).contains("messages     3,000 in 3s: 1.00k/s");
  }

  @Test
  void tellsWhatEachEventLoopUsed() {
    RunResult run =
        RUN.toBuilder()
            .measured(Duration.ofSeconds(3))
            .generator(
                new GeneratorUsage(
                    0.9,
                    12,
                    1.5,
                    0.5,
                    Map.of(),
                    0,
                    List.of(new GeneratorUsage.Loop(0.2, 0.5), new GeneratorUsage.Loop(0.1, 0.25))))
            .build();

    assertThat(lines(run))
        .contains(
            "generator    300µs CPU a message, longest stall 1.5ms, GC 12ms",
            "event loops  50 % busy (0.20 cores), 25 % busy (0.10 cores)");
  }
}
