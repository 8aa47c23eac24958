package myriad.loadgen;

import static myriad.loadgen.Loads.run;
import static myriad.loadgen.Loads.shortPlan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.time.Duration;
import java.util.Objects;
import java.util.function.UnaryOperator;
import myriad.results.GeneratorUsage;
import myriad.results.RunResult;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Event loops that never sleep: how busy they are is told apart from the CPU that they take. */
@Timeout(60)
class BusyPollTest {

  @BeforeEach
  void aCpuIsLeftForTheTarget() {
    assumeThat(Runtime.getRuntime().availableProcessors()).as("CPUs").isGreaterThanOrEqualTo(2);
  }

  @Test
  void aLoopWithLittleToDoTakesACpuAndIsNotBusy() throws Exception {
    Attempts.bestOfThree(
        () -> {
          RunResult run =
              polling(
                  plan ->
                      plan.arrivals(Arrivals.OpenLoop.constant(500))
                          .duration(Duration.ofSeconds(1)));

          GeneratorUsage.Loop loop = generator(run).loops().getFirst();
          assertThat(loop.cpuCores()).as("CPU, in cores").isGreaterThan(0.8);
          assertThat(loop.utilisation()).isBetween(0.0, 0.6);
          assertThat(run.verdict().reasons()).noneMatch(reason -> reason.contains("saturated"));
        });
  }

  @Test
  void aLoopThatIsKeptBusyShowsThatItIs() throws Exception {
    Attempts.bestOfThree(
        () -> {
          RunResult run =
              polling(
                  plan ->
                      plan.arrivals(Arrivals.OpenLoop.constant(5_000_000))
                          .pipelineDepth(LoadPlan.MAX_PIPELINE_DEPTH)
                          .replyTimeout(Duration.ofSeconds(30)));

          assertThat(generator(run).busiestLoopUtilisation())
              .isGreaterThanOrEqualTo(GeneratorHealth.SATURATED_LOOP);
          assertThat(run.verdict().reasons()).anyMatch(reason -> reason.contains("saturated"));
        });
  }

  private static RunResult polling(UnaryOperator<LoadPlan.Builder> how) throws Exception {
    try (TestServer server = TestServer.echo()) {
      return run(how.apply(shortPlan(server.address()).busyPoll(true)).build());
    }
  }

  private static GeneratorUsage generator(RunResult run) {
    return Objects.requireNonNull(run.generator());
  }
}
