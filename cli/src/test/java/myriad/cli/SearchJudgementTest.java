package myriad.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import myriad.cli.CapacitySearch.Finding;
import myriad.cli.CapacitySearch.Outcome;
import myriad.results.Counter;
import myriad.results.ErrorKind;
import myriad.results.LatencyKind;
import myriad.results.RunResult;
import myriad.results.RunResult.Connections;
import myriad.results.RunResultBuilder;
import myriad.results.Verdict;
import myriad.results.gate.Threshold;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SearchJudgementTest {

  private static final Verdict SATURATED =
      new Verdict(Verdict.Kind.INVALID, List.of("generator saturated"));

  /** 3,000 messages of 1 ms to 3 ms on 100 connections. */
  private static final RunResult RUN = Runs.measured("epoll", 100, 100, Verdict.valid());

  @Test
  void aRunThatMeetsTheObjectiveDoes() {
    assertThat(judge("p99<5ms", RUN).outcome()).isEqualTo(Outcome.MET);
    assertThat(judge("p99<2ms", RUN).outcome()).isEqualTo(Outcome.MISSED);
  }

  @Test
  void aTargetThatFailsMisses() {
    RunResult run = failed(Counter.REPLY_TIMED_OUT).build();

    assertThat(judge("p99<5ms", run))
        .isEqualTo(new Finding(Outcome.MISSED, "the target failed: 7 errors"));
  }

  /** Replies time out where the generator does not come to read them. */
  @Test
  void aSaturatedGeneratorIsNotTheTargetsFault() {
    RunResult run = failed(Counter.REPLY_TIMED_OUT).verdict(SATURATED).build();

    assertThat(judge("p99<5ms", run))
        .isEqualTo(new Finding(Outcome.INVALID, "the run is INVALID: generator saturated"));
  }

  @ParameterizedTest
  @EnumSource(names = {"NO_DESCRIPTORS", "NO_LOCAL_PORTS", "NO_KERNEL_RESOURCES"})
  void whatTheGeneratorRunsOutOfIsNotTheTargetsFault(Counter lacking) {
    RunResult failed = failed(lacking).build();
    RunResult served =
        RUN.toBuilder()
            .counters(Map.of(lacking, 7L))
            .connections(new Connections(100, 93, 100, 7, 0))
            .build();

    assertThat(judge("p99<5ms", failed))
        .isEqualTo(
            new Finding(
                Outcome.INVALID, "the generator ran %s: 7 connections".formatted(lacking.label())));
    assertThat(judge("p99<5ms", served)).isEqualTo(judge("p99<5ms", failed));
  }

  @Test
  void errorsOfTheGeneratorThatTheUserToleratesAreTolerated() {
    RunResult run = RUN.toBuilder().counters(Map.of(Counter.NO_LOCAL_PORTS, 1L)).build();

    assertThat(judge("p99<5ms", run).outcome()).isEqualTo(Outcome.MET);
  }

  @Test
  void connectionsThatAreNotServedAreAMiss() {
    RunResult run = Runs.measured("epoll", 100, 60, Verdict.valid());

    assertThat(judge("p99<5ms", run))
        .isEqualTo(new Finding(Outcome.MISSED, "60 connections were served"));
  }

  @ParameterizedTest
  @CsvSource({
    "CONNECT_REFUSED, UNREACHABLE",
    "TLS_FAILED, UNREACHABLE",
    "NO_DESCRIPTORS, HOST_LIMIT",
    "NO_KERNEL_RESOURCES, HOST_LIMIT"
  })
  void aRunWithoutAConnectionNamesTargetErrorAndRemedy(Counter kind, Outcome outcome) {
    RunResult run =
        unconnected()
            .counters(Map.of(kind, 100L))
            .errorKinds(
                List.of(
                    new ErrorKind(kind, 100, 0.1, 0, "127.0.0.1:7777", "it said no", "ask again")))
            .build();

    assertThat(judge("p99<5ms", run))
        .isEqualTo(
            new Finding(outcome, "no connection could be made to epoll: it said no; ask again"));
  }

  @Test
  void aServerThatDidNotStartSaysWhy() {
    RunResult run = unconnected().notes(List.of("the server ended: out of cheese")).build();

    assertThat(judge("p99<5ms", run))
        .isEqualTo(
            new Finding(
                Outcome.UNREACHABLE,
                "no connection could be made to epoll: the server ended: out of cheese"));
  }

  /** It refuses nobody, and serves none. */
  @Test
  void connectionsThatWereMadeAndNotServedAreAMiss() {
    RunResult run =
        unconnected()
            .latency(Map.of(LatencyKind.CONNECT, RUN.latency().get(LatencyKind.SERVICE)))
            .build();

    assertThat(judge("p99<5ms", run).outcome()).isEqualTo(Outcome.MISSED);
  }

  @Test
  void anInterruptIsNeither() {
    RunResult run = RUN.toBuilder().outcome(RunResult.Outcome.PARTIAL).verdict(SATURATED).build();

    assertThat(judge("p99<5ms", run).outcome()).isEqualTo(Outcome.INTERRUPTED);
  }

  private static RunResultBuilder unconnected() {
    return RUN.toBuilder()
        .outcome(RunResult.Outcome.TARGET_FAILED)
        .connections(new Connections(100, 0, 100, 100, 0))
        .latency(Map.of());
  }

  private static RunResultBuilder failed(Counter errors) {
    return RUN.toBuilder().outcome(RunResult.Outcome.TARGET_FAILED).counters(Map.of(errors, 7L));
  }

  private static Finding judge(String objective, RunResult run) {
    return new SearchJudgement(Threshold.parse(objective)).of(run);
  }
}
