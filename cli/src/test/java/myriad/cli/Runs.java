package myriad.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import myriad.loadgen.LoadProgress;
import myriad.results.Interval;
import myriad.results.LatencyKind;
import myriad.results.LatencySummary;
import myriad.results.RunResult;
import myriad.results.RunResult.Connections;
import myriad.results.RunResult.Outcome;
import myriad.results.ServerUsage;
import myriad.results.SweepResult;
import myriad.results.Verdict;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** Results as tests need them. */
final class Runs {

  private Runs() {}

  /**
   * 3,000 messages in 3 s, of 1 ms to 3 ms, each sent 1 ms late; a server that grew by 3 MB and
   * used 0.3 s of CPU.
   */
  static RunResult measured(String variant, int target, int open, Verdict verdict) {
    Histogram service = new Histogram(3);
    Histogram response = new Histogram(3);
    for (int i = 0; i < 3_000; i++) {
      service.recordValue(1_000_000 + i % 3 * 1_000_000L);
      response.recordValue(2_000_000 + i % 3 * 1_000_000L);
    }
    return run(
        variant,
        Outcome.COMPLETE,
        verdict,
        List.of(),
        new Connections(target, open, target, 0, 0),
        Map.of(
            LatencyKind.SERVICE, LatencySummary.of(service, 0),
            LatencyKind.RESPONSE, LatencySummary.of(response, 0)),
        new ServerUsage(0.3, 50_000_000, 53_000_000, 15, open + 20, null, null, Map.of()));
  }

  static RunResult skipped(String variant, int target, String note) {
    return run(
        variant,
        Outcome.SKIPPED,
        new Verdict(Verdict.Kind.NONE, List.of()),
        List.of(note),
        new Connections(target, 0, 0, 0, 0),
        Map.of(),
        null);
  }

  static SweepResult sweep(List<RunResult> runs) {
    return new SweepResult(
        SweepResult.FORMAT_VERSION,
        "20261122-201530-bench",
        SweepResult.Status.COMPLETE,
        Instant.EPOCH,
        Instant.EPOCH,
        List.of("myriad"),
        HostEnvironment.read(),
        runs);
  }

  /** In the middle of a measured phase of 2 s. */
  static LoadProgress progress(long errors) {
    return new LoadProgress(
        Interval.Phase.MEASURE,
        Duration.ofSeconds(3),
        Duration.ofSeconds(1),
        10_000,
        9_990,
        new Interval(
            2,
            1,
            Interval.Phase.MEASURE,
            10_000,
            9_990,
            10,
            52_345,
            errors,
            1_200_000,
            4_100_000,
            9_000_000,
            4_200_000,
            0,
            new Interval.Server(1.02, 86_000_000, 12, 10_030),
            0.98,
            Map.of(),
            0.6,
            0,
            0.4,
            1_300_000,
            1_100_000),
        errors);
  }

  private static RunResult run(
      String variant,
      Outcome outcome,
      Verdict verdict,
      List<String> notes,
      Connections connections,
      Map<LatencyKind, LatencySummary> latency,
      @Nullable ServerUsage server) {
    boolean measured = !latency.isEmpty();
    return RunResult.builder()
        .variant(variant)
        .model("a model")
        .target("127.0.0.1:7777")
        .outcome(outcome)
        .verdict(verdict)
        .notes(notes)
        .connections(connections)
        .measured(measured ? Duration.ofSeconds(3) : Duration.ZERO)
        .messages(measured ? 3_000 : 0)
        .latency(latency)
        .server(server)
        .build();
  }
}
