package myriad.results.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import myriad.results.Check;
import myriad.results.Check.Status;
import myriad.results.LatencyKind;
import myriad.results.LatencySummary;
import myriad.results.RunResult;
import myriad.results.Runs;
import myriad.results.SampleSweep;
import myriad.results.SweepResult;
import myriad.results.Verdict;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ThresholdTest {

  private static final SweepResult SAMPLE = SampleSweep.small().result();

  /** 100 connections, p99 about 3 ms, about 95,000 messages/s, 22 threads, no errors. */
  private static final RunResult RUN = SAMPLE.runs().getFirst();

  private static Check check(String threshold, RunResult run) {
    return Threshold.parse(threshold).check(Runs.sweepOf(SAMPLE, List.of(run))).getFirst();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "p99<1s",
        "p99 < 1s",
        " p99<1s ",
        "service.p99<1s",
        "response.p99.9<=2s",
        "connect.max<1m",
        "connect.max<1h30m",
        "max<0.5d",
        "mean<1s",
        "errors==0",
        "connections>=100",
        "connections==100",
        "connections>99",
        "messages>1k",
        "msgs_per_s>=50k",
        "msgs_per_s>50k/s",
        "server.cpu_us_per_msg<100",
        "server.threads<=22",
        "io_uring:p99<1s"
      })
  void holds(String threshold) {
    assertThat(check(threshold, RUN).status()).as(threshold).isEqualTo(Status.PASS);
  }

  /** An open loop in which messages waited: what was sent late is in response time alone. */
  @ParameterizedTest
  @CsvSource({"p99<1s,FAIL", "response.p99<1s,FAIL", "service.p99<1s,PASS", "mean>1s,PASS"})
  void aPercentileIsOfResponseTimeUnlessItsKindIsNamed(String threshold, Status status) {
    Histogram waited = new Histogram(3);
    waited.recordValue(2_000_000_000L);
    Map<LatencyKind, LatencySummary> latency = new EnumMap<>(RUN.latency());
    latency.put(LatencyKind.RESPONSE, LatencySummary.of(waited, 0));

    assertThat(check(threshold, RUN.toBuilder().latency(latency).build()).status())
        .isEqualTo(status);
  }

  @Test
  void memoryIsCheckedWhereThereAreEnoughConnectionsToTell() {
    RunResult thousands = Runs.withOpenConnections(RUN, 6_000);

    assertThat(check("server.bytes_per_conn<8k", thousands).status()).isEqualTo(Status.PASS);
    assertThat(check("server.bytes_per_conn<8k", RUN).status()).isEqualTo(Status.FAIL);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "p99<1us",
        "p99>1s",
        "errors>0",
        "connections<100",
        "connections>100",
        "msgs_per_s>=1m",
        "server.bytes_per_conn<1k",
        "server.threads==21",
        "lag.p99<1s"
      })
  void isBroken(String threshold) {
    assertThat(check(threshold, RUN).status()).as(threshold).isEqualTo(Status.FAIL);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "p99|not a threshold",
        "''|not a threshold",
        "p99<|not a threshold",
        "<5ms|not a threshold",
        "p99!=5ms|not a threshold",
        "p99=<5ms|not a threshold",
        "p99<5ms and errors==0|not a threshold",
        "a:b:p99<5ms|not a threshold",
        "p98<5ms|no metric p98",
        "speed>9k|no metric speed",
        "arrival.p99<5ms|no metric arrival.p99",
        "p99<5|needs a time with its unit",
        "p99<5 ms|not a threshold",
        "p99<-5ms|needs a time",
        "p99<5lightyears|needs a time",
        "p99<1h30|needs a time",
        "errors==none|needs a number",
        "msgs_per_s>=1e9|needs a rate",
        "server.bytes_per_conn<3s|needs a size",
        "p99<NaN|needs a time"
      })
  void saysWhatIsWrongInOneLine(String threshold, String message) {
    assertThatThrownBy(() -> Threshold.parse(threshold))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message)
        .message()
        .hasLineCount(1);
  }

  @ParameterizedTest
  @CsvSource({
    "p99<5ms,true",
    "p99>5ms,false",
    "errors==0,true",
    "errors>=1,false",
    "msgs_per_s>=100k,true",
    "connections>10,true"
  })
  void aSearchEndsWhereMoreLoadMissesIt(String threshold, boolean ends) {
    assertThat(Threshold.parse(threshold).endsASearch()).isEqualTo(ends);
  }

  @Test
  void showsTheMeasuredValue() {
    assertThat(check("connections>=10k", RUN).line())
        .isEqualTo("✗ io_uring, 100 connections, repeat 1: connections>=10k (100)");
  }

  @ParameterizedTest
  @CsvSource({"COMPLETE,INVALID", "PARTIAL,VALID", "TARGET_FAILED,VALID", "COMPLETE,NONE"})
  void aRunThatCannotBeTrustedNeverPasses(RunResult.Outcome outcome, Verdict.Kind kind) {
    RunResult run = Runs.ended(RUN, outcome, new Verdict(kind, List.of("loop 98 %")));

    Check check = check("p99<1h", run);

    assertThat(check.status()).isEqualTo(Status.INVALID);
    assertThat(check.detail()).contains("loop 98 %");
    assertThat(Threshold.allHold(List.of(check))).isFalse();
  }

  @Test
  void aSkippedRunIsNeitherPassedNorFailed() {
    RunResult run =
        Runs.ended(RUN, RunResult.Outcome.SKIPPED, new Verdict(Verdict.Kind.NONE, List.of()));
    Check skipped = check("p99<1h", run);
    Check passed = check("p99<1h", RUN);

    assertThat(skipped.status()).isEqualTo(Status.SKIPPED);
    assertThat(Threshold.allHold(List.of(passed, skipped))).isTrue();
    assertThat(Threshold.allHold(List.of(skipped))).as("nothing was measured").isFalse();
  }

  @Test
  void isHeldAgainstTheRunsOfItsVariantOnly() {
    assertThat(Threshold.parse("epoll:p99<1s").check(SAMPLE))
        .extracting(Check::status)
        .containsExactly(Status.FAIL);
    assertThat(Threshold.parse("async-tasks:p99<1s").check(SAMPLE))
        .extracting(Check::subject)
        .containsExactly(
            "async-tasks, 100 connections, repeat 1", "async-tasks, 1,000 connections, repeat 1");
  }

  @Test
  void withoutThresholdsNothingIsBroken() {
    assertThat(Threshold.allHold(List.of())).isTrue();
  }
}
