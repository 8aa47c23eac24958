package myriad.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import myriad.results.compare.SweepComparison;
import myriad.results.gate.Threshold;
import myriad.results.report.Reporter;
import myriad.results.report.Reporters;
import myriad.results.report.html.ComparisonPage;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.ByteRange;
import net.jqwik.api.constraints.IntRange;
import org.HdrHistogram.Histogram;

/**
 * Whatever a parser is given, it answers, or refuses with a line that a user can read; and what it
 * takes, every report can be made of.
 */
class HostileInputTest {

  private static final int TRIES = 100_000;

  /** Of the parsers that take a tenth of a millisecond and more. */
  private static final int TRIES_OF_FILES = 25_000;

  /** Of files of which most are taken, and reported on. */
  private static final int TRIES_OF_REPORTS = 2_500;

  private static final byte[] RESULT = smallResult();
  private static final SweepResult HONEST = RunJson.read(RESULT);
  private static final Pattern NUMBER = Pattern.compile("(?<=: )-?[0-9][0-9.Ee+-]*(?=[,\\s])");
  private static final List<String> EXTREMES =
      List.of(
          "1e308",
          "-1e308",
          "1e18",
          "-1e18",
          "1e-308",
          "0",
          "-1",
          "2147483647",
          "-2147483648",
          "9223372036854775807",
          "-9223372036854775808");
  private static final byte[] LOG = smallLog();

  private static byte[] smallResult() {
    SweepResult sweep = SampleGate.recorded().result();
    RunResult run = sweep.runs().getFirst();
    return RunJson.write(
        Runs.sweepOf(sweep, List.of(Runs.withIntervals(run, run.intervals().subList(0, 1))))
            .concluding(sweep.checks(), sweep.gate()));
  }

  private static byte[] smallLog() {
    Histogram histogram = new Histogram(1_000, 60_000_000_000L, 3);
    histogram.recordValue(1_234_567);
    histogram.recordValue(7_654_321);
    return HistogramLog.write(
        new RunHistograms(
            Map.of(LatencyKind.SERVICE, histogram),
            List.of(Map.of(LatencyKind.SERVICE, histogram)),
            0));
  }

  private static void assertReadable(IllegalArgumentException refusal) {
    assertThat(refusal.getMessage()).isNotBlank().hasLineCount(1);
  }

  @Provide
  Arbitrary<String> almostThresholds() {
    Arbitrary<String> part =
        Arbitraries.oneOf(
            Arbitraries.of(
                "p99",
                "p99.9",
                "errors",
                "msgs_per_s",
                "server.threads",
                "response.",
                "epoll:",
                "<",
                "<=",
                "==",
                ">",
                ">=",
                "5",
                "ms",
                "10k",
                "1e9",
                "-1",
                "0x1",
                "9".repeat(40),
                ".",
                " ",
                "NaN",
                "Infinity"),
            Arbitraries.strings().ofMaxLength(4));
    return part.list().ofMaxSize(7).map(parts -> String.join("", parts));
  }

  @Property(tries = TRIES, shrinking = ShrinkingMode.BOUNDED)
  void thresholds(@ForAll("almostThresholds") String text) {
    try {
      assertThat(Threshold.parse(text).text()).isEqualTo(text.strip());
    } catch (IllegalArgumentException e) {
      assertReadable(e);
    }
  }

  @Property(tries = TRIES, shrinking = ShrinkingMode.BOUNDED)
  void quantities(@ForAll("almostThresholds") String text) {
    for (OptionalDouble value :
        List.of(
            Quantity.count(text),
            Quantity.rate(text),
            Quantity.bytes(text),
            Quantity.seconds(text))) {
      if (value.isPresent()) {
        assertThat(value.getAsDouble()).isFinite().isNotNegative();
      }
    }
  }

  @Provide
  Arbitrary<byte[]> damagedResults() {
    return damaged(RESULT);
  }

  /** Some of its numbers replaced by such as a program cannot have meant. */
  @Provide
  Arbitrary<String> exaggeratedResults() {
    String honest = new String(RESULT, StandardCharsets.UTF_8);
    List<MatchResult> numbers = NUMBER.matcher(honest).results().toList();
    return Combinators.combine(Arbitraries.of(numbers), Arbitraries.of(EXTREMES))
        .as(Map::entry)
        .list()
        .uniqueElements(change -> change.getKey().start())
        .ofMinSize(1)
        .ofMaxSize(3)
        .map(changes -> replaced(honest, changes));
  }

  private static String replaced(String text, List<Map.Entry<MatchResult, String>> changes) {
    StringBuilder copy = new StringBuilder(text);
    changes.stream()
        .sorted(Comparator.comparingInt(change -> -change.getKey().start()))
        .forEach(
            change ->
                copy.replace(change.getKey().start(), change.getKey().end(), change.getValue()));
    return copy.toString();
  }

  @Provide
  Arbitrary<byte[]> damagedLogs() {
    return damaged(LOG);
  }

  /** A few bytes changed, and perhaps the end cut off. */
  private static Arbitrary<byte[]> damaged(byte[] honest) {
    Arbitrary<Integer> place = Arbitraries.integers().between(0, honest.length - 1);
    Arbitrary<Byte> value = Arbitraries.bytes();
    Arbitrary<List<Map.Entry<Integer, Byte>>> changes =
        Combinators.combine(place, value).as(Map::entry).list().ofMinSize(1).ofMaxSize(4);
    Arbitrary<Integer> length =
        Arbitraries.frequencyOf(Tuple.of(4, Arbitraries.just(honest.length)), Tuple.of(1, place));
    return Combinators.combine(changes, length)
        .as(
            (where, end) -> {
              byte[] copy = Arrays.copyOf(honest, honest.length);
              where.forEach(change -> copy[change.getKey()] = change.getValue());
              return Arrays.copyOf(copy, end);
            });
  }

  @Property(tries = TRIES_OF_FILES, shrinking = ShrinkingMode.OFF)
  void results(@ForAll("damagedResults") byte[] json) throws IOException {
    readAndReport(json);
  }

  @Property(tries = TRIES_OF_REPORTS, shrinking = ShrinkingMode.OFF)
  void resultsWithNumbersBeyondAnyRun(@ForAll("exaggeratedResults") String json)
      throws IOException {
    readAndReport(json.getBytes(StandardCharsets.UTF_8));
  }

  private static void readAndReport(byte[] json) throws IOException {
    SweepResult sweep;
    try {
      sweep = RunJson.read(json);
    } catch (IllegalArgumentException e) {
      assertReadable(e);
      return;
    }
    assertThat(sweep.formatVersion()).isEqualTo(SweepResult.FORMAT_VERSION);
    for (Reporter reporter : Reporters.all()) {
      reporter.write(
          new RecordedSweep(sweep, _ -> RunHistograms.none()), OutputStream.nullOutputStream());
    }
    new ComparisonPage(SweepComparison.of(List.of(HONEST, sweep, HONEST)))
        .write(OutputStream.nullOutputStream());
  }

  @Property(tries = TRIES_OF_FILES, shrinking = ShrinkingMode.OFF)
  void histogramLogs(@ForAll("damagedLogs") byte[] log) throws IOException {
    readLog(new String(log, StandardCharsets.ISO_8859_1));
  }

  @Property(tries = TRIES_OF_FILES, shrinking = ShrinkingMode.OFF)
  void histogramHeaders(
      @ForAll @IntRange(min = 0, max = 39) int at, @ForAll @ByteRange(min = -128) byte value)
      throws IOException {
    readLog(HistogramLogs.withHeaderByte(at, value));
  }

  @Example
  void aLogThatUnpacksToMoreThanTheMemoryIsRefused() {
    assertRefused(1, 1 << 16);
  }

  @Example
  void aLogOfMoreLinesThanTheMemoryHoldsIsRefused() {
    assertRefused(10_000, 1 << 20);
  }

  private static void assertRefused(int lines, long mostBytes) {
    String line = HistogramLogs.withHeaderByte(0, (byte) 0x1c) + "\n";
    BufferedReader log = new BufferedReader(new StringReader(line.repeat(lines)));

    assertThatThrownBy(() -> HistogramLog.read(log, mostBytes))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("-Xmx");
  }

  private static void readLog(String log) throws IOException {
    try {
      RunHistograms read = HistogramLog.read(new BufferedReader(new StringReader(log)), 1 << 28);
      assertThat(read.measured().keySet()).isSubsetOf(LatencyKind.values());
    } catch (IllegalArgumentException e) {
      assertReadable(e);
    }
  }
}
