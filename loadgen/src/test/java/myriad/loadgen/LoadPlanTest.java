package myriad.loadgen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LoadPlanTest {

  private static final InetSocketAddress TARGET =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 7);

  static List<Arguments> outOfRange() {
    return List.of(
        wrong("--connections", plan -> plan.connections(0)),
        wrong("--connections", plan -> plan.connections(LoadPlan.MAX_CONNECTIONS + 1)),
        wrong("--pipeline", plan -> plan.pipelineDepth(0)),
        wrong("--pipeline", plan -> plan.pipelineDepth(17).messageBytes(MessageSizes.MOST_BYTES)),
        wrong("--warmup", plan -> plan.warmup(Duration.ofSeconds(-1))),
        wrong("--duration", plan -> plan.duration(Duration.ofMillis(99))),
        wrong("--duration", plan -> plan.duration(Duration.ofDays(8))),
        wrong("--threads", plan -> plan.eventLoops(0)),
        wrong("--connect-timeout", plan -> plan.connectTimeout(Duration.ZERO)),
        wrong("--timeout", plan -> plan.replyTimeout(Duration.ZERO)),
        wrong("--max-errors", plan -> plan.maxErrors(-1)));
  }

  @ParameterizedTest
  @MethodSource("outOfRange")
  void aValueOutOfItsRangeIsRefusedByTheNameOfItsOption(
      String option, UnaryOperator<LoadPlan.Builder> change) {
    LoadPlan.Builder plan = change.apply(LoadPlan.against(TARGET));

    assertThatThrownBy(plan::build)
        .isInstanceOf(InvalidPlanException.class)
        .hasMessageStartingWith(option + " is ")
        .hasMessageContaining("; it takes ");
  }

  @Test
  void rampsRefuseWhatTheyCannotDo() {
    assertThatThrownBy(() -> ConnectionRamp.steady(0))
        .hasMessageStartingWith("--connect-rate is 0");
    assertThatThrownBy(() -> ConnectionRamp.steady(Double.NaN))
        .isInstanceOf(InvalidPlanException.class);
    assertThatThrownBy(() -> ConnectionRamp.stages(List.of(stage(1, 0)), true))
        .hasMessageStartingWith("--connect-stages is 1s:0/s; it takes");
    LoadPlan.Builder half =
        LoadPlan.against(TARGET)
            .connections(100)
            .ramp(ConnectionRamp.stages(List.of(stage(1, 100), stage(1, 0)), false));
    assertThatThrownBy(() -> half.connections(101).build())
        .hasMessageContaining("--connect-stages")
        .hasMessageContaining("stages that open all 101 connections");
    assertThat(half.connections(100).build().connections()).isEqualTo(100);
  }

  private static RateProfile.Stage stage(int seconds, double perSecond) {
    return new RateProfile.Stage(Duration.ofSeconds(seconds), perSecond);
  }

  @Test
  void arrivalsRefuseWhatTheyCannotDo() {
    assertThatThrownBy(() -> Arrivals.OpenLoop.constant(0)).hasMessageStartingWith("--rate is 0");
    assertThatThrownBy(() -> Arrivals.OpenLoop.constant(Double.NaN))
        .isInstanceOf(InvalidPlanException.class);
    assertThatThrownBy(() -> new Arrivals.ClosedLoop(Duration.ofMillis(-1)))
        .hasMessageStartingWith("--think is ");
  }

  @Test
  void aPlanIsDescribedInTheWordsOfTheCommandLine() {
    LoadPlan plan =
        LoadPlan.against(TARGET)
            .connections(10_000)
            .connectsPerSecond(2_500)
            .arrivals(Arrivals.OpenLoop.constant(0.5))
            .warmup(Duration.ofMillis(1_500))
            .duration(Duration.ofMinutes(1))
            .replyTimeout(Duration.ofNanos(2_500_000))
            .eventLoops(2)
            .build();

    assertThat(PlanDescription.of(plan))
        .containsAllEntriesOf(
            Map.of(
                "connections", "10000",
                "connect-rate", "2500/s",
                "rate", "0.5/s",
                "warmup", "1500ms",
                "duration", "60s",
                "timeout", "2500us",
                "threads", "2",
                "transport", "epoll"))
        .doesNotContainKeys("think", "seed", "no-verify", "busy-poll");
    assertThat(PlanDescription.of(LoadPlan.against(TARGET).busyPoll(true).build()))
        .containsEntry("busy-poll", "true");
  }

  private static Arguments wrong(String option, UnaryOperator<LoadPlan.Builder> change) {
    return Arguments.of(option, change);
  }
}
