package myriad.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import myriad.cli.CapacitySearch.Outcome;
import myriad.cli.CapacitySearch.Step;
import myriad.cli.CapacitySearch.Try;
import myriad.results.Check;
import myriad.results.Check.Status;
import myriad.results.GateResult;
import myriad.results.RunResult;
import myriad.results.SweepResult;
import myriad.results.Verdict;
import myriad.results.compare.SweepComparison;
import myriad.server.VariantCatalog;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is shown fits an old terminal, and uses the room of a wide one. */
class TerminalWidthTest {

  private static final String LONG_FINDING =
      "generator late: p99 of its lag was 12.345 ms, over 1.000 ms (1 ms, or a quarter of the p99"
          + " of response time)";

  /** What is shown, with the beginning of a line that it has in the room of 200 columns only. */
  static Stream<Arguments> shown() {
    return Stream.of(
        shown("gate", "METRIC  ", width -> GateText.render(gate(), width)),
        shown(
            "progress of a gate",
            "pair 2 of base and base is thrown out: " + LONG_FINDING,
            width -> WrappedText.wrap(List.of(GateText.progress(invalidPair())), width)),
        shown(
            "checks",
            "✗ thread-per-connection, 10,000 connections, repeat 3: response.p99.9<=20ms (",
            width -> CheckLines.render(List.of(check()), false, width)),
        shown("search", "STEP  ", width -> search().render(width), "FOUND"),
        shown(
            "load",
            "             " + LONG_FINDING,
            width -> new LoadSummary(loaded()).render(width)),
        shown("bench", "VARIANT  ", width -> new ResultTable(repeats()).render(width)),
        shown("comparison", "  p99  ", width -> comparison().render(width), "within the spread"),
        shown("variants", "VARIANT  ", TerminalWidthTest::variants));
  }

  private static Arguments shown(
      String name, String wideLine, Function<OptionalInt, String> text, String... parts) {
    return Arguments.argumentSet(name, wideLine, text, List.of(parts));
  }

  @ParameterizedTest
  @MethodSource("shown")
  void fitsEightyColumns(
      String wideLine, Function<OptionalInt, String> text, List<String> wideLineHolds) {
    assertThat(text.apply(OptionalInt.of(80)).lines())
        .isNotEmpty()
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
  }

  @ParameterizedTest
  @MethodSource("shown")
  void usesTheRoomOfTwoHundredColumns(
      String wideLine, Function<OptionalInt, String> text, List<String> wideLineHolds) {
    assertThat(text.apply(OptionalInt.of(200)).lines())
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(200))
        .anyMatch(
            line -> line.startsWith(wideLine) && wideLineHolds.stream().allMatch(line::contains));
  }

  @ParameterizedTest
  @MethodSource("shown")
  void isNotBrokenWhereThereIsNoTerminal(
      String wideLine, Function<OptionalInt, String> text, List<String> wideLineHolds) {
    assertThat(text.apply(OptionalInt.empty()).lines())
        .anyMatch(
            line -> line.startsWith(wideLine) && wideLineHolds.stream().allMatch(line::contains));
  }

  private static GateResult gate() {
    Map<String, GateResult.Figure> figures =
        Map.of(
            "server.cpu_us_per_msg", new GateResult.Figure(123.4, 125.6),
            "msgs_per_s", new GateResult.Figure(123_400, 125_600));
    return new GateResult(
        "epoll --threads 1 --java-home /usr/lib/jvm/temurin-25-jdk-amd64 --jvm-option -Xmx1g",
        "./head --port {port}",
        Status.INCONCLUSIVE,
        0.05,
        10,
        20,
        List.of(
            metric("server.cpu_us_per_msg", true),
            metric("msgs_per_s", true),
            metric("response.p99", false)),
        List.of(new GateResult.Resolution("server.cpu_us_per_msg", 10, 0.123, 1.012)),
        List.of(
            new GateResult.Pair(1, GateResult.Arm.HEAD, "base head head base", List.of(), figures),
            invalidPair()),
        List.of("not decided after 10 pairs: extended to 20, as --max-pairs asks for, and so on"));
  }

  private static GateResult.Metric metric(String name, boolean primary) {
    return new GateResult.Metric(
        name, false, 0.125, primary, Status.INCONCLUSIVE, 10, 1.1, 1, 1.2, 0.4, 0.6);
  }

  private static GateResult.Pair invalidPair() {
    return new GateResult.Pair(
        2,
        GateResult.Arm.CALIBRATION,
        "head base base head",
        List.of(LONG_FINDING, "head: " + LONG_FINDING),
        Map.of());
  }

  private static Check check() {
    return new Check(
        "thread-per-connection, 10,000 connections, repeat 3",
        "response.p99.9<=20ms",
        Status.INVALID,
        "the run is INVALID: " + LONG_FINDING);
  }

  private static SearchReport search() {
    RunResult run = Runs.measured("-", 10_000, 10_000, Verdict.valid());
    List<Try> tries =
        List.of(
            new Try(Step.DOUBLING, 10_000_000, 1, Outcome.MET, "2.1 ms"),
            new Try(Step.CONFIRMATION, 12_345_678, 3, Outcome.INTERRUPTED, LONG_FINDING));
    return new SearchReport(
        "response.p99.9<=20ms",
        SearchCommand.Over.RATE,
        new SearchResult(0, 10_000_000, SearchResult.Ending.GENERATOR, tries),
        List.of(Optional.of(run), Optional.empty()));
  }

  private static RunResult loaded() {
    return Runs.measured("-", 10_000, 9_000, new Verdict(Verdict.Kind.INVALID, List.of()))
        .toBuilder()
        .target("127.0.0.1:9000-9009, 127.0.0.1:10000-10009, [::1]:9000-9009, [::1]:10000-10009")
        .notes(List.of(LONG_FINDING))
        .build();
  }

  private static List<RunResult> repeats() {
    List<RunResult> runs = new ArrayList<>();
    for (int repeat = 1; repeat <= 2; repeat++) {
      RunResult run = Runs.measured("thread-per-connection", 10_000, 9_999, Verdict.valid());
      runs.add(run.toBuilder().repeat(repeat).build());
      runs.add(run.toBuilder().repeat(repeat).outcome(RunResult.Outcome.TARGET_FAILED).build());
    }
    return runs;
  }

  private static ComparisonText comparison() {
    return new ComparisonText(
        SweepComparison.of(IntStream.range(0, 3).mapToObj(TerminalWidthTest::sweep).toList()));
  }

  private static SweepResult sweep(int number) {
    List<RunResult> runs = new ArrayList<>();
    for (int repeat = 1; repeat <= 3; repeat++) {
      RunResult run = Runs.measured("thread-per-connection", 10_000, 10_000, Verdict.valid());
      runs.add(run.toBuilder().repeat(repeat).messages(2_000 + repeat * 700L).build());
    }
    SweepResult sweep = Runs.sweep(runs);
    return new SweepResult(
        sweep.formatVersion(),
        "20261122-20153%d-bench".formatted(number),
        sweep.status(),
        Instant.EPOCH,
        Instant.EPOCH,
        List.of("myriad", "bench", "--variants", "thread-per-connection", "-c", "10k"),
        sweep.environment(),
        sweep.runs());
  }

  private static String variants(OptionalInt width) {
    return VariantsCommand.table(
        VariantCatalog.all().stream()
            .map(variant -> new VariantsCommand.Row(variant, "no, the kernel does not let it"))
            .toList(),
        width);
  }
}
