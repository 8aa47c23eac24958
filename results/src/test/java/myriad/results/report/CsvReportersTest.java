package myriad.results.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import myriad.results.Counter;
import myriad.results.ErrorKind;
import myriad.results.HealthFigure;
import myriad.results.HealthFigure.Bound;
import myriad.results.LatencyKind;
import myriad.results.LatencySummary;
import myriad.results.RecordedSweep;
import myriad.results.RunHistograms;
import myriad.results.RunResult;
import myriad.results.Runs;
import myriad.results.SampleSweep;
import myriad.results.Verdict;
import org.HdrHistogram.Histogram;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvReportersTest {

  private static final String FIXED_COLUMNS =
      "run_id,variant,model,repeat,connections_target,connections_open,duration_s,messages,"
          + "msgs_per_s,service_p50_us,service_p99_us,service_p999_us,service_max_us,"
          + "response_p50_us,response_p99_us,response_p999_us,response_max_us,connect_p99_us,"
          + "errors,server_cpu_us_per_msg,server_rss_bytes_per_conn,server_threads,"
          + "loadgen_cpu_us_per_msg,verdict";

  private static final RecordedSweep SAMPLE = SampleSweep.small();
  private static final RunResult RUN = SAMPLE.result().runs().getFirst();

  private static String text(Reporter reporter, RecordedSweep sweep) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    reporter.write(sweep, out);
    return out.toString(StandardCharsets.UTF_8);
  }

  private static List<CSVRecord> rows(Reporter reporter, RecordedSweep sweep) throws IOException {
    CSVFormat withHeader = CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();
    try (CSVParser parser = withHeader.parse(new StringReader(text(reporter, sweep)))) {
      return parser.getRecords();
    }
  }

  private static CSVRecord summaryOf(RunResult run) throws IOException {
    RecordedSweep sweep =
        new RecordedSweep(Runs.sweepOf(SAMPLE.result(), List.of(run)), _ -> RunHistograms.none());
    return rows(new SummaryCsvReporter(), sweep).getFirst();
  }

  @Test
  void summaryBeginsWithTheColumnsThatNeverChange() throws IOException {
    assertThat(text(new SummaryCsvReporter(), SAMPLE)).startsWith(FIXED_COLUMNS + ",");
  }

  @Test
  void summaryHasTheErrorsByKindAndThePlanBehindThem() throws IOException {
    List<String> names =
        rows(new SummaryCsvReporter(), SAMPLE).getFirst().getParser().getHeaderNames();

    assertThat(names)
        .containsSequence("verdict", "outcome", "reasons", "notes", "errors_connect_refused")
        .endsWith(
            "plan_connections", "plan_duration", "plan_warmup", "plan_size", "plan_closed-loop");
    assertThat(names.stream().filter(name -> name.startsWith("errors_")))
        .hasSize((int) List.of(Counter.values()).stream().filter(Counter::isError).count());
  }

  @Test
  void whereNoMessageCameBackNoneCostAnything() throws IOException {
    CSVRecord row = summaryOf(Runs.withMessages(RUN, 0));

    assertThat(row.get("server_cpu_us_per_msg")).isEmpty();
    assertThat(row.get("loadgen_cpu_us_per_msg")).isEmpty();
  }

  @Test
  void summaryHoldsTheFiguresOfARun() throws IOException {
    CSVRecord row = summaryOf(RUN);

    assertThat(row.get("variant")).isEqualTo("io_uring");
    assertThat(row.get("duration_s")).isEqualTo("8");
    assertThat(Double.parseDouble(row.get("msgs_per_s")))
        .isCloseTo(RUN.messagesPerSecond(), offset(0.001));
    assertThat(new BigDecimal(row.get("service_p99_us")).movePointRight(3))
        .isEqualByComparingTo(BigDecimal.valueOf(Runs.service(RUN.latency()).p99Ns()));
    assertThat(row.get("server_threads")).isEqualTo("22");
    assertThat(row.get("plan_size")).isEqualTo("64");
  }

  @Test
  void summaryHoldsWhatWasAskedForAndHowLateItWasSent() throws IOException {
    Histogram lag = new Histogram(3);
    lag.recordValueWithCount(35_000, 8_000);
    Map<LatencyKind, LatencySummary> latency = new EnumMap<>(RUN.latency());
    latency.put(LatencyKind.LAG, LatencySummary.of(lag, 0));
    latency.put(LatencyKind.FIRST_BYTE, LatencySummary.of(lag, 0));
    CSVRecord row =
        summaryOf(
            RUN.toBuilder()
                .latency(latency)
                .plan(Map.of("rate", "2000/s"))
                .counters(Map.of(Counter.NOT_DISPATCHED, 8_000L))
                .build());

    assertThat(row.get("asked_msgs_per_s")).as("16,000 in 8 s").isEqualTo("2000");
    assertThat(Double.parseDouble(row.get("lag_p99_us"))).isCloseTo(35, offset(0.1));
    assertThat(Double.parseDouble(row.get("first_byte_max_us"))).isCloseTo(35, offset(0.1));
    assertThat(summaryOf(RUN).get("lag_p99_us")).as("not measured").isEmpty();
  }

  @Test
  void summaryExplainsErrorsAndNamesTheLimitsOfTheVerdict() throws IOException {
    CSVRecord row =
        summaryOf(
            RUN.toBuilder()
                .errorKinds(
                    List.of(
                        new ErrorKind(
                            Counter.RESET, 3, 1.25, 7, "127.0.0.1:7", "an example", "a remedy")))
                .health(
                    List.of(
                        new HealthFigure("stalled", 0.1254, Bound.AT_MOST, 2, "%"),
                        new HealthFigure("TCPMemoryPressures", 0, Bound.AT_MOST, 0, "")))
                .build());

    assertThat(row.get("error_examples"))
        .isEqualTo(
            "3 reset, first after 1.250 s on connection 7 to 127.0.0.1:7: an example; a remedy");
    assertThat(row.get("health"))
        .isEqualTo("stalled 0.125 % (at most 2 %); TCPMemoryPressures 0 (at most 0)");
  }

  @Test
  void aSkippedRunIsARowWithoutFigures() throws IOException {
    CSVRecord row =
        summaryOf(
            Runs.ended(RUN, RunResult.Outcome.SKIPPED, new Verdict(Verdict.Kind.NONE, List.of())));

    assertThat(row.get("verdict")).isEqualTo("SKIPPED");
    assertThat(row.get("connections_target")).isEqualTo("100");
    assertThat(row.get("messages")).isEmpty();
    assertThat(row.get("service_p99_us")).isEmpty();
    assertThat(row.get("errors")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "COMPLETE,VALID,VALID",
    "COMPLETE,INVALID,INVALID",
    "PARTIAL,VALID,PARTIAL",
    "TARGET_FAILED,INVALID,TARGET_FAILED",
    "TARGET_FAILED,NONE,TARGET_FAILED"
  })
  void verdictSaysHowARunIsToBeTaken(RunResult.Outcome outcome, Verdict.Kind kind, String expected)
      throws IOException {
    CSVRecord row = summaryOf(Runs.ended(RUN, outcome, new Verdict(kind, List.of("a", "b, c"))));

    assertThat(row.get("verdict")).isEqualTo(expected);
    assertThat(row.get("reasons")).isEqualTo("a; b, c");
  }

  @Test
  void textIsQuotedAsRfc4180Says() throws IOException {
    String odd = "a,\"b\"\r\nc";

    assertThat(summaryOf(Runs.withVariant(RUN, odd)).get("variant")).isEqualTo(odd);
  }

  @Test
  void intervalsHaveARowASecondOfEachRun() throws IOException {
    List<CSVRecord> rows = rows(new IntervalsCsvReporter(), SAMPLE);

    assertThat(rows)
        .hasSize(SAMPLE.result().runs().stream().mapToInt(r -> r.intervals().size()).sum());
    assertThat(rows.get(3).get("phase")).isEqualTo("MEASURE");
    assertThat(rows.get(3).get("start_s")).isEqualTo("3");
    assertThat(Double.parseDouble(rows.get(3).get("response_p50_us"))).isPositive();
    assertThat(Double.parseDouble(rows.get(3).get("first_byte_p99_us"))).isPositive();
    assertThat(rows.getLast().get("run")).isEqualTo("6");
  }
}
