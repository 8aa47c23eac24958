package myriad.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import myriad.results.Check.Status;
import myriad.results.GateResult;
import myriad.results.GateResult.Arm;
import myriad.results.GateResult.Figure;
import myriad.results.GateResult.Pair;
import myriad.results.gate.GateMetric;
import myriad.results.gate.GateSetup;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GateCourseTest {

  private final List<String> asked = new ArrayList<>();

  private static GateSetup setup(int pairs, int most) {
    return new GateSetup("old", "new", List.of(GateMetric.THROUGHPUT), List.of(), pairs, most);
  }

  private static Pair valid(int number, Arm arm, double headToBase) {
    return new Pair(
        number,
        arm,
        PairRun.orderText(number),
        List.of(),
        Map.of("msgs_per_s", new Figure(1_000, 1_000 * headToBase)));
  }

  private static Pair invalid(int number, Arm arm) {
    return new Pair(number, arm, PairRun.orderText(number), List.of("generator late"), Map.of());
  }

  /** A gate whose pairs of base and head have the ratio of {@code headToBase}; NaN is INVALID. */
  private GateCourse course(GateSetup setup, boolean calibrates, IntFunction<Double> headToBase)
      throws Exception {
    GateCourse course = new GateCourse(setup, calibrates);
    course.run(
        (number, arm) -> {
          asked.add(arm + " " + number);
          double ratio = arm == Arm.HEAD ? headToBase.apply(number) : 1 + number * 1e-4;
          return Optional.of(
              Double.isNaN(ratio)
                  ? invalid(number, arm)
                  : valid(number, arm, ratio + number * 1e-6));
        });
    return course;
  }

  @ParameterizedTest
  @CsvSource({"1,base head head base", "2,head base base head", "3,base head head base"})
  void turnsAreMirroredAndEachServerBeginsAsOften(int number, String order) {
    assertThat(PairRun.orderText(number)).isEqualTo(order);
  }

  @Test
  void aSlowerHeadFailsAfterThePlannedPairs() throws Exception {
    GateResult gate = course(setup(10, 20), false, _ -> 0.7).result();

    assertThat(gate.decision()).isEqualTo(Status.FAIL);
    assertThat(gate.pairs()).hasSize(10);
    assertThat(gate.metrics().getFirst().ratio()).isBetween(0.699, 0.701);
  }

  @Test
  void anEqualHeadPasses() throws Exception {
    assertThat(course(setup(10, 20), false, _ -> 1.0).result().decision()).isEqualTo(Status.PASS);
  }

  @Test
  void whatIsNotDecidedIsExtendedOnceAndLookedAtAgain() throws Exception {
    GateResult gate = course(setup(6, 12), false, number -> number % 2 == 0 ? 0.7 : 1.2).result();

    assertThat(gate.decision()).isEqualTo(Status.INCONCLUSIVE);
    assertThat(gate.pairs()).hasSize(12);
    assertThat(gate.notes()).containsExactly("not decided after 6 pairs: extended to 12");
  }

  @Test
  void theExtensionMayDecide() throws Exception {
    GateResult gate = course(setup(6, 20), false, number -> number == 3 ? 1.5 : 0.7).result();

    assertThat(gate.decision()).isEqualTo(Status.FAIL);
    assertThat(gate.pairs()).hasSize(20);
  }

  @Test
  void anInvalidPairIsThrownOutCountedAndReplaced() throws Exception {
    GateResult gate =
        course(setup(8, 16), false, number -> number == 2 ? Double.NaN : 0.7).result();

    assertThat(gate.decision()).isEqualTo(Status.FAIL);
    assertThat(gate.pairs()).hasSize(9);
    assertThat(gate.validPairs()).isEqualTo(8);
    assertThat(gate.invalidPairs()).isEqualTo(1);
  }

  /** A machine that cannot measure at all: it ends, and nothing passes. */
  @Test
  void replacementsAreBoundedAndTheGateIsInvalid() throws Exception {
    GateResult gate = course(setup(6, 12), false, _ -> Double.NaN).result();

    assertThat(gate.pairs()).hasSize(7);
    assertThat(gate.decision()).isEqualTo(Status.INVALID);
    assertThat(gate.notes()).singleElement().asString().contains("7 pairs were INVALID");
  }

  @Test
  void calibrationTakesTurnsWithTheGateAndSaysWhatCanBeSeen() throws Exception {
    GateResult gate = course(setup(6, 12), true, _ -> 0.7).result();

    assertThat(asked.subList(0, 4))
        .containsExactly("HEAD 1", "CALIBRATION 1", "HEAD 2", "CALIBRATION 2");
    assertThat(gate.validPairs()).isEqualTo(6);
    assertThat(gate.resolutions())
        .singleElement()
        .satisfies(
            resolution ->
                assertThat(resolution.worsening())
                    .describedAs("a machine without noise sees little more than the margin")
                    .isBetween(0.05, 0.06));
  }

  @Test
  void whatIsCutShortDecidesNothing() throws Exception {
    GateCourse course = new GateCourse(setup(10, 20), false);
    course.run(
        (number, arm) ->
            number <= 9 ? Optional.of(valid(number, arm, 0.5 + number * 1e-6)) : Optional.empty());

    assertThat(course.result().pairs()).hasSize(9);
    assertThat(course.result().decision()).isEqualTo(Status.INCONCLUSIVE);
  }

  @ParameterizedTest
  @CsvSource({"PASS,,OK", "FAIL,,FAILED", "INVALID,,INVALID", "INVALID,PASS,INVALID"})
  void theDecisionIsTheExitCode(
      Status decision, GateOptions.@Nullable Undecided undecided, ExitCode expected) {
    assertThat(ending(decision, undecided, false)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({",INCONCLUSIVE", "PASS,OK", "FAIL,FAILED"})
  void anUndecidedGateIsWhatTheUserSays(
      GateOptions.@Nullable Undecided undecided, ExitCode expected) {
    assertThat(ending(Status.INCONCLUSIVE, undecided, false)).isEqualTo(expected);
  }

  @Test
  void anInterruptedGateIsInterruptedWhateverItsPairsSay() {
    assertThat(ending(Status.PASS, null, true)).isEqualTo(ExitCode.INTERRUPTED);
  }

  private static ExitCode ending(
      Status decision, GateOptions.@Nullable Undecided undecided, boolean interrupted) {
    GateResult gate =
        new GateResult(
            "old", "new", decision, 0.05, 10, 20, List.of(), List.of(), List.of(), List.of());
    return GateEnding.of(Runs.sweep(List.of()), gate, interrupted, undecided).exitCode();
  }
}
