package myriad.loadgen;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import myriad.loadgen.GeneratorHealth.Evidence;
import myriad.results.GeneratorUsage;
import myriad.results.HealthFigure;
import myriad.results.LatencyKind;
import myriad.results.LatencySummary;
import myriad.results.ServerUsage;
import myriad.results.Verdict;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GeneratorHealthTest {

  private static final Duration MEASURED = Duration.ofSeconds(10);
  private static final LoadPlan.Builder PLAN =
      LoadPlan.against(new InetSocketAddress(InetAddress.getLoopbackAddress(), 7));
  private static final LoadPlan CLOSED = PLAN.build();
  private static final LoadPlan OPEN = PLAN.arrivals(Arrivals.OpenLoop.constant(100)).build();

  @Test
  void aScheduleKeptIsValidHoweverSlowTheServer() {
    assertThat(open(1_000, 50_000, 900_000_000).kind()).isEqualTo(Verdict.Kind.VALID);
  }

  @Test
  void lagOfTheSizeOfTheResponseTimeIsInvalid() {
    Verdict verdict = open(1_000, 5_000_000, 6_000_000);

    assertThat(verdict.kind()).isEqualTo(Verdict.Kind.INVALID);
    assertThat(verdict.reasons()).singleElement().asString().contains("generator late", "5.0");
  }

  @Test
  void aLoopThatIsKeptFromItsCpuIsInvalidInAnOpenLoop() {
    Evidence evidence =
        new Evidence(
            MEASURED, 1, 0.3, Map.of(), 0, 1, generator(0.5), null, OptionalDouble.empty(), 2);

    assertThat(GeneratorHealth.judge(OPEN, evidence).reasons())
        .singleElement()
        .asString()
        .contains("generator short of CPU", "30 %");
    assertThat(HealthFigures.of(OPEN, evidence))
        .filteredOn(figure -> !figure.isKept())
        .extracting(HealthFigure::name)
        .containsExactly("event loop without a CPU");
    assertThat(GeneratorHealth.judge(CLOSED, evidence).kind()).isEqualTo(Verdict.Kind.VALID);
  }

  @Test
  void everyRunTellsWhatItIsJudgedByBesideTheLimits() {
    Evidence evidence =
        new Evidence(
            MEASURED,
            0.95,
            0,
            Map.of(
                LatencyKind.LAG, summary(980, 50_000),
                LatencyKind.RESPONSE, summary(980, 8_000_000)),
            20,
            1_000_000,
            generator(0.4),
            null,
            OptionalDouble.empty(),
            2);

    List<String> told =
        HealthFigures.of(OPEN, evidence).stream().map(HealthFigure::describe).toList();

    assertThat(told)
        .anySatisfy(
            line -> assertThat(line).matches("lag p99 0\\.05. ms \\(at most 2(\\.0..)? ms\\)"))
        .contains(
            "sent or queued of those due 98 % (at least 99 %)",
            "busiest event loop 40 % (below 95 %)",
            "event loop without a CPU 0 % (at most 25 %)",
            "time sampled too much or too little 5.000 % (at most 10 %)",
            "TCPMemoryPressures 0 (at most 0)",
            "TCPAbortOnMemory 0 (at most 0)",
            "TCPTimeWaitOverflow 0 (at most 0)",
            "RetransSegs of data 0 (at most 1000)");
    assertThat(HealthFigures.of(OPEN, evidence))
        .filteredOn(figure -> !figure.isKept())
        .extracting(HealthFigure::name)
        .containsExactly("sent or queued of those due");
  }

  @Test
  void aServerThatIsBusyExcusesABusyLoopOfAClosedLoop() {
    Evidence evidence =
        new Evidence(
            MEASURED,
            1,
            0,
            Map.of(),
            0,
            1,
            generator(0.99),
            server(9.9),
            OptionalDouble.of(0.95),
            2);

    assertThat(HealthFigures.of(CLOSED, evidence))
        .allMatch(HealthFigure::isKept)
        .extracting(HealthFigure::name)
        .contains("busiest server thread");
  }

  @Test
  void lagThatIsSmallAgainstTheResponseTimeIsTolerated() {
    assertThat(open(1_000, 5_000_000, 900_000_000).kind()).isEqualTo(Verdict.Kind.VALID);
  }

  @Test
  void lagThatIsToleratedButMuchOfTheResponseTimeIsNoted() {
    assertThat(open(1_000, 900_000, 1_000_000).kind()).isEqualTo(Verdict.Kind.VALID);
    assertThat(noteOfLag(OPEN, 900_000, 1_000_000))
        .hasValueSatisfying(note -> assertThat(note).contains("0.900 ms", "1.000 ms", "quarter"));
    assertThat(noteOfLag(OPEN, 200_000, 1_000_000)).isEmpty();
    assertThat(noteOfLag(CLOSED, 900_000, 1_000_000)).as("no schedule to be late for").isEmpty();
    assertThat(noteOfLag(OPEN, 2_000_000, 3_000_000)).as("a reason already").isEmpty();
  }

  private static Optional<String> noteOfLag(LoadPlan plan, long lagNs, long responseNs) {
    return GeneratorHealth.noteOfLag(
        plan,
        Map.of(
            LatencyKind.LAG, summary(100, lagNs), LatencyKind.RESPONSE, summary(100, responseNs)));
  }

  @Test
  void messagesThatNeverLeftTheScheduleAreInvalid() {
    Verdict verdict = open(980, 20, 1_000, 1_000_000);

    assertThat(verdict.reasons()).singleElement().asString().contains("980 of 1,000 due messages");
  }

  @Test
  void aBusyLoopBeforeAnIdleServerIsInvalid() {
    Verdict verdict = closed(0.97, server(5.0), OptionalDouble.of(0.5));

    assertThat(verdict.kind()).isEqualTo(Verdict.Kind.INVALID);
    assertThat(verdict.reasons())
        .singleElement()
        .asString()
        .contains("generator saturated", "97 %", "its busiest used 0.50");
  }

  @Test
  void aBusyLoopBeforeABusyServerIsValid() {
    assertThat(closed(0.99, server(9.8), OptionalDouble.of(0.95)).kind())
        .isEqualTo(Verdict.Kind.VALID);
  }

  /** 0.98 cores over eight threads: none of them is what the throughput ends at. */
  @Test
  void aBusyLoopBeforeManyThreadsThatHaveTimeIsInvalid() {
    assertThat(closed(0.99, server(9.8), OptionalDouble.of(0.2)).reasons())
        .singleElement()
        .asString()
        .contains("generator saturated", "its busiest used 0.20");
  }

  @Test
  void aBusyLoopBeforeThreadsThatNobodyLookedAtIsInvalid() {
    assertThat(closed(0.99, server(9.8), OptionalDouble.empty()).reasons())
        .singleElement()
        .asString()
        .contains("too many threads to tell");
  }

  @Test
  void aBusyLoopBeforeAnUnknownServerIsInvalidForItCannotBeTold() {
    assertThat(closed(0.99, null, OptionalDouble.empty()).reasons())
        .singleElement()
        .asString()
        .contains("--server-pid");
  }

  @Test
  void aPhaseSampledOnlyInPartIsInvalid() {
    Verdict verdict =
        GeneratorHealth.judge(
            CLOSED,
            new Evidence(
                MEASURED, 0.4, 0, Map.of(), 0, 1, generator(0.2), null, OptionalDouble.empty(), 2));

    assertThat(verdict.reasons()).singleElement().asString().contains("host too busy", "40 %");
  }

  @Test
  void aLoopWithTimeToSpareIsValid() {
    assertThat(closed(0.94, null, OptionalDouble.empty()).kind()).isEqualTo(Verdict.Kind.VALID);
  }

  /** Its lag may be small against response times that it has made long itself. */
  @Test
  void aBusyLoopOfAnOpenLoopIsInvalidHoweverBusyTheServer() {
    Evidence evidence =
        new Evidence(
            MEASURED,
            1,
            0,
            Map.of(),
            0,
            1,
            generator(0.97),
            server(9.9),
            OptionalDouble.of(0.99),
            2);

    assertThat(GeneratorHealth.judge(OPEN, evidence).reasons())
        .singleElement()
        .asString()
        .contains("generator saturated", "97 %", "limit 95 %");
  }

  @Test
  void aGeneratorThatStoodStillIsInvalid() {
    assertThat(stalled(190).kind()).isEqualTo(Verdict.Kind.VALID);
    assertThat(stalled(900).reasons())
        .singleElement()
        .asString()
        .contains("generator stalled", "9.0 %", "over 2 %");
  }

  @ParameterizedTest
  @CsvSource({
    "TCPMemoryPressures, 1, TCP memory",
    "TCPAbortOnMemory, 1, TCP memory",
    "TCPTimeWaitOverflow, 1, TIME_WAIT",
    "RetransSegs, 101, network lossy"
  })
  void aLimitOfTheHostIsInvalid(String counter, long growth, String reason) {
    assertThat(kernel(Map.of(counter, growth), 100_000).reasons())
        .singleElement()
        .asString()
        .contains(reason, counter);
  }

  @Test
  void loopsThatPollNeedACpuEach() {
    LoadPlan polling = ofTwoLoops().busyPoll(true).build();
    LoadPlan sleeping = ofTwoLoops().build();
    Evidence onOne = idle(1);
    Evidence onTwo = idle(2);

    assertThat(GeneratorHealth.judge(polling, onOne).reasons())
        .singleElement()
        .asString()
        .contains("2 event loops poll (--busy-poll) on 1 CPUs; use at most 1 --threads");
    assertThat(GeneratorHealth.judge(sleeping, onOne).reasons()).as("sleeping").isEmpty();
    assertThat(GeneratorHealth.judge(polling, onTwo).kind()).isEqualTo(Verdict.Kind.VALID);
    assertThat(HealthFigures.of(polling, onOne))
        .filteredOn(figure -> !figure.isKept())
        .extracting(HealthFigure::describe)
        .containsExactly("event loops that poll 2 (at most 1)");
    assertThat(GeneratorHealth.noteOfPolling(polling, 2))
        .hasValueSatisfying(note -> assertThat(note).contains("took all CPUs (2)"));
    assertThat(GeneratorHealth.noteOfPolling(polling, 3)).as("one is left").isEmpty();
    assertThat(GeneratorHealth.noteOfPolling(polling, 1)).as("a reason already").isEmpty();
    assertThat(GeneratorHealth.noteOfPolling(sleeping, 2)).as("sleeping").isEmpty();
  }

  @Test
  void loopsThatPollLeaveACpuToAServerOnThisHost() {
    LoadPlan polling = ofTwoLoops().busyPoll(true).serverPid(1).build();

    assertThat(GeneratorHealth.judge(polling, idle(2)).reasons())
        .singleElement()
        .asString()
        .contains("on 2 CPUs, which the server needs too; use at most 1 --threads");
    assertThat(HealthFigures.of(polling, idle(2)))
        .filteredOn(figure -> !figure.isKept())
        .extracting(HealthFigure::describe)
        .containsExactly("event loops that poll 2 (at most 1)");
    assertThat(GeneratorHealth.noteOfPolling(polling, 2)).as("a reason already").isEmpty();
    assertThat(GeneratorHealth.judge(polling, idle(3)).kind()).isEqualTo(Verdict.Kind.VALID);
    assertThat(GeneratorHealth.judge(polling, idle(1)).reasons())
        .singleElement()
        .asString()
        .endsWith("leave out --busy-poll");
  }

  private static LoadPlan.Builder ofTwoLoops() {
    return LoadPlan.against(new InetSocketAddress(InetAddress.getLoopbackAddress(), 7))
        .eventLoops(2);
  }

  private static Evidence idle(int cpus) {
    return new Evidence(
        MEASURED, 1, 0, Map.of(), 0, 1, generator(0.2), null, OptionalDouble.empty(), cpus);
  }

  private static Verdict stalled(double stalledMillis) {
    return closed(
        new GeneratorUsage(1, 0, 50, 0.5, Map.of(), stalledMillis, List.of()), 100_000, null);
  }

  private static Verdict kernel(Map<String, Long> growth, long messagesSent) {
    return closed(new GeneratorUsage(1, 0, 0, 0.5, growth, 0, List.of()), messagesSent, null);
  }

  private static Verdict closed(
      GeneratorUsage generator, long messagesSent, @Nullable ServerUsage server) {
    return GeneratorHealth.judge(
        CLOSED,
        new Evidence(
            MEASURED,
            1,
            0,
            Map.of(),
            0,
            messagesSent,
            generator,
            server,
            OptionalDouble.empty(),
            2));
  }

  private static Verdict open(int dispatched, long lagNs, long responseNs) {
    return open(dispatched, 0, lagNs, responseNs);
  }

  private static Verdict open(int dispatched, long notDispatched, long lagNs, long responseNs) {
    return GeneratorHealth.judge(
        OPEN,
        new Evidence(
            MEASURED,
            1,
            0,
            Map.of(
                LatencyKind.LAG, summary(dispatched, lagNs),
                LatencyKind.RESPONSE, summary(dispatched, responseNs)),
            notDispatched,
            dispatched,
            generator(0.5),
            null,
            OptionalDouble.empty(),
            2));
  }

  private static Verdict closed(
      double busy, @Nullable ServerUsage server, OptionalDouble busiestServerThread) {
    return GeneratorHealth.judge(
        CLOSED,
        new Evidence(
            MEASURED, 1.05, 0, Map.of(), 0, 1, generator(busy), server, busiestServerThread, 2));
  }

  private static LatencySummary summary(int count, long valueNs) {
    Histogram histogram = LatencyRecorder.newHistogram();
    histogram.recordValueWithCount(valueNs, count);
    return LatencySummary.of(histogram, 0);
  }

  private static GeneratorUsage generator(double busiest) {
    return new GeneratorUsage(1, 0, 0, busiest, Map.of(), 0, List.of());
  }

  private static ServerUsage server(double cpuSeconds) {
    return new ServerUsage(cpuSeconds, 0, 0, 1, 10, null, null, Map.of());
  }
}
