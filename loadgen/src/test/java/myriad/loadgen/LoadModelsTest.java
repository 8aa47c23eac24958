package myriad.loadgen;

import static myriad.loadgen.Loads.counter;
import static myriad.loadgen.Loads.latency;
import static myriad.loadgen.Loads.run;
import static myriad.loadgen.Loads.shortPlan;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import myriad.results.Counter;
import myriad.results.LatencyKind;
import myriad.results.RunResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Open loops as the options of the command line make them, seen by their target. */
@Timeout(60)
class LoadModelsTest {

  /** In turns they would carry 100 each; dealt out by chance, the counts differ by about 10. */
  @Test
  void aPoissonProcessIsOneOnEachConnection() throws Exception {
    Map<Socket, Integer> messages = new ConcurrentHashMap<>();
    try (TestServer server =
        TestServer.serving(
            (bytes, length, connection) -> {
              messages.merge(connection, length / 64, Integer::sum);
              TestServer.echo(bytes, length, connection);
            })) {
      RateProfile rate = RateProfile.constant("--rate-per-connection", 20 * 100);
      RunResult run =
          run(
              shortPlan(server.address())
                  .connections(20)
                  .arrivals(new Arrivals.OpenLoop(rate, Arrivals.Spacing.POISSON, 1))
                  .warmup(Duration.ZERO)
                  .duration(Duration.ofSeconds(1))
                  .build());

      assertThat(run.errors()).isZero();
      assertThat(messages).hasSize(20);
      double variance =
          messages.values().stream().mapToDouble(count -> Math.pow(count - 101, 2)).sum() / 20;
      assertThat(variance)
          .as("variance of the messages of a connection, about as large as their number, 100")
          .isBetween(30.0, 300.0);
    }
  }

  private static final int MESSAGE_BYTES = 64;

  /** {@code --heartbeat 400ms} on 20 connections, and {@code --rate-per-connection 10}. */
  @ParameterizedTest
  @CsvSource({"heartbeat, 2.5, 5", "rate of each, 10, 20"})
  void everyConnectionSendsItsShare(String model, double perSecond, int inTwoSeconds)
      throws Exception {
    Attempts.bestOfThree(
        () -> {
          Map<Socket, Long> bytesBySocket = new ConcurrentHashMap<>();
          try (TestServer server = counting(bytesBySocket)) {
            RunResult run =
                run(
                    shortPlan(server.address())
                        .connections(20)
                        .arrivals(
                            new Arrivals.OpenLoop(
                                RateProfile.constant(perSecond * 20), Arrivals.Spacing.CONSTANT, 1))
                        .warmup(Duration.ZERO)
                        .duration(Duration.ofSeconds(2))
                        .build());

            assertThat(run.errors()).isZero();
            assertThat(latency(run, LatencyKind.LAG).count())
                .as("messages of a %s", model)
                .isEqualTo(20L * inTwoSeconds);
            assertThat(bytesBySocket.values())
                .as("bytes of each connection: its first message, and its share")
                .hasSize(20)
                .containsOnly((long) (1 + inTwoSeconds) * MESSAGE_BYTES);
          }
        });
  }

  /** {@code --stages 1s:400,1s:0}: 400 messages as the integral of the rate has it, either way. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void stagesSendWhatTheirRatesAddUpTo(boolean ramping) throws Exception {
    RateProfile rate =
        RateProfile.stages(
            List.of(
                new RateProfile.Stage(Duration.ofSeconds(1), 400),
                new RateProfile.Stage(Duration.ofSeconds(1), 0)),
            ramping);
    Attempts.bestOfThree(
        () -> {
          try (TestServer server = counting(new ConcurrentHashMap<>())) {
            RunResult run =
                run(
                    shortPlan(server.address())
                        .arrivals(new Arrivals.OpenLoop(rate, Arrivals.Spacing.CONSTANT, 1))
                        .warmup(Duration.ZERO)
                        .duration(Duration.ofSeconds(2))
                        .build());

            assertThat(run.errors()).isZero();
            assertThat(latency(run, LatencyKind.LAG).count()).isBetween(399L, 401L);
            assertThat(counter(run, Counter.MESSAGES_SENT))
                .isEqualTo(10 + latency(run, LatencyKind.LAG).count());
            assertThat(run.plan())
                .containsEntry("stages", "1s:400/s,1s:0/s")
                .containsEntry("stage-shape", ramping ? "ramp" : "step");
          }
        });
  }

  private static TestServer counting(Map<Socket, Long> bytesBySocket) throws Exception {
    return TestServer.serving(
        (bytes, length, connection) -> {
          bytesBySocket.merge(connection, (long) length, Long::sum);
          TestServer.echo(bytes, length, connection);
        });
  }
}
