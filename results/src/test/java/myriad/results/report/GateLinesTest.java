package myriad.results.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import myriad.results.Check;
import myriad.results.GateResult;
import myriad.results.GateResult.Arm;
import myriad.results.GateResult.Pair;
import org.junit.jupiter.api.Test;

class GateLinesTest {

  private static Stream<Pair> pairs(Arm arm, int valid, int invalid) {
    return IntStream.rangeClosed(1, valid + invalid)
        .mapToObj(
            number ->
                new Pair(
                    number,
                    arm,
                    "base head",
                    number <= valid ? List.of() : List.of("generator late"),
                    Map.of()));
  }

  private static GateResult gate(Stream<Pair> pairs) {
    return new GateResult(
        "old",
        "new",
        Check.Status.INVALID,
        0.05,
        10,
        20,
        List.of(),
        List.of(),
        pairs.toList(),
        List.of());
  }

  /** Pairs of base and base decide nothing: they are in no count of what was decided on. */
  @Test
  void pairsOfEitherArmAreCountedApart() {
    GateResult gate = gate(Stream.concat(pairs(Arm.HEAD, 9, 2), pairs(Arm.CALIBRATION, 7, 3)));

    assertThat(gate.validPairs()).isEqualTo(9);
    assertThat(gate.invalidPairs()).isEqualTo(2);
    assertThat(GateLines.of(gate))
        .containsExactly(
            "9 pairs of fresh processes, 2 thrown out as INVALID",
            "7 pairs of base and base, 3 thrown out as INVALID");
  }

  @Test
  void withoutCalibrationNothingIsSaidOfIt() {
    assertThat(GateLines.of(gate(pairs(Arm.HEAD, 10, 0))))
        .containsExactly("10 pairs of fresh processes, 0 thrown out as INVALID");
  }
}
