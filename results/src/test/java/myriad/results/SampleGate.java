package myriad.results;

import java.util.List;
import java.util.Map;
import myriad.results.Check.Status;
import myriad.results.GateResult.Arm;

/** A gate that failed, as tests need it. */
public final class SampleGate {

  private SampleGate() {}

  public static GateResult gate() {
    return new GateResult(
        "epoll --threads 1",
        "./head --port {port}",
        Status.FAIL,
        0.05,
        10,
        20,
        List.of(
            new GateResult.Metric(
                "p99", false, 0.1, true, Status.FAIL, 10, 1.42, 1.3, 1.6, 0.001, 0.999),
            new GateResult.Metric(
                "server.cpu_us_per_msg",
                false,
                0.05,
                true,
                Status.PASS,
                10,
                1,
                0.99,
                1.01,
                0.999,
                0.001),
            new GateResult.Metric(
                "p50", false, 0.1, false, Status.INCONCLUSIVE, 10, 1.1, 1, 1.2, 0.4, 0.6)),
        List.of(new GateResult.Resolution("p99", 10, 0.12, 1.01)),
        List.of(
            new GateResult.Pair(
                1,
                Arm.HEAD,
                "base head head base",
                List.of(),
                Map.of("p99", new GateResult.Figure(100_000, 142_000))),
            new GateResult.Pair(
                2, Arm.HEAD, "head base base head", List.of("base: generator late"), Map.of()),
            new GateResult.Pair(
                1,
                Arm.CALIBRATION,
                "base head head base",
                List.of(),
                Map.of("p99", new GateResult.Figure(100_000, 101_000)))),
        List.of("found in a test"));
  }

  /** Its checks, with the runs of another sweep. */
  public static RecordedSweep recorded() {
    RecordedSweep runs = SampleSweep.small();
    List<Check> checks =
        List.of(new Check("head", "p99 within 10 %", Status.FAIL, "head/base 1.420"));
    return new RecordedSweep(runs.result().concluding(checks, gate()), runs.histograms());
  }
}
