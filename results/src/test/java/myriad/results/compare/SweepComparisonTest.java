package myriad.results.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import myriad.results.Environment;
import myriad.results.RunResult;
import myriad.results.Runs;
import myriad.results.SampleSweep;
import myriad.results.SweepResult;
import myriad.results.Verdict;
import myriad.results.compare.SweepComparison.Row;
import org.junit.jupiter.api.Test;

class SweepComparisonTest {

  private static final SweepResult REPEATED = SampleSweep.large().result();

  private static SweepResult slowed(SweepResult sweep, double factor) {
    return changed(sweep, run -> Runs.withMessages(run, Math.round(run.messages() * factor)));
  }

  private static SweepResult changed(SweepResult sweep, UnaryOperator<RunResult> change) {
    return Runs.sweepOf(sweep, sweep.runs().stream().map(change).toList());
  }

  private static Row row(SweepComparison comparison, String variant, String load) {
    return comparison.rows().stream()
        .filter(row -> row.variant().equals(variant) && row.load().equals(load))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aSweepAgainstItselfIsWithinItsSpreadEverywhere() {
    SweepComparison comparison = SweepComparison.of(List.of(REPEATED, REPEATED));

    assertThat(comparison.rows()).hasSize(33);
    for (Row row : comparison.rows()) {
      for (ComparedFigure figure : ComparedFigure.all()) {
        row.change(figure, 1)
            .ifPresent(
                change -> assertThat(change).isEqualTo(new Change(1, Change.Kind.WITHIN_SPREAD)));
      }
    }
  }

  /** The repeats differ by 10 % to either side; half the throughput is beyond that. */
  @Test
  void aChangeBeyondTheSpreadIsBetterOrWorse() {
    SweepComparison comparison =
        SweepComparison.of(List.of(REPEATED, slowed(REPEATED, 0.5), slowed(REPEATED, 2)));
    Row row = row(comparison, "nio-selector", "1,000 connections");

    assertThat(row.change(ComparedFigure.THROUGHPUT, 1))
        .contains(new Change(0.5, Change.Kind.WORSE));
    assertThat(row.change(ComparedFigure.THROUGHPUT, 2))
        .contains(new Change(2, Change.Kind.BETTER));
    assertThat(row.change(ComparedFigure.CPU, 1).orElseThrow().kind())
        .describedAs("more CPU a message is worse")
        .isEqualTo(Change.Kind.WORSE);
  }

  @Test
  void withoutRepeatsNothingIsBetterOrWorse() {
    SweepResult single = SampleSweep.small().result();
    SweepComparison comparison = SweepComparison.of(List.of(single, slowed(single, 0.5)));

    assertThat(comparison.rows().getFirst().change(ComparedFigure.THROUGHPUT, 1))
        .map(Change::kind)
        .contains(Change.Kind.SPREAD_UNKNOWN);
    assertThat(comparison.differences()).anyMatch(line -> line.contains("may be noise"));
  }

  @Test
  void whatOneSweepLacksIsLeftOpen() {
    SweepResult fewer = SampleSweep.small().result();
    SweepComparison comparison = SweepComparison.of(List.of(fewer, REPEATED));
    Row onlyInSecond = row(comparison, "sequential", "100 connections");

    assertThat(onlyInSecond.groups().getFirst()).isEmpty();
    assertThat(onlyInSecond.change(ComparedFigure.P99, 1)).isEqualTo(Optional.empty());
    assertThat(onlyInSecond.figure(ComparedFigure.P99, 1)).isPresent();
  }

  @Test
  void sweepsWithoutARowInCommonAreToldOf() {
    SweepResult fewer = SampleSweep.small().result();
    SweepResult others =
        changed(fewer, run -> run.toBuilder().variant(run.variant() + "-2").build());

    assertThat(SweepComparison.of(List.of(fewer, others, fewer)).differences())
        .contains("A and B have no server under the same load in common: there is no ratio")
        .noneMatch(line -> line.startsWith("A and C"));
  }

  @Test
  void alikeSweepsHaveNoWarning() {
    SweepResult valid =
        changed(REPEATED, run -> Runs.ended(run, RunResult.Outcome.COMPLETE, Verdict.valid()));

    assertThat(SweepComparison.of(List.of(valid, valid)).differences()).isEmpty();
  }

  @Test
  void whatIsNotAlikeIsSaid() {
    Environment here = SampleSweep.ENVIRONMENT;
    Environment there =
        new Environment(
            "0.2.0",
            "26+1",
            here.javaVendor(),
            here.os(),
            "6.19.0",
            here.architecture(),
            here.cpuModel(),
            64,
            here.memoryBytes(),
            "other-host",
            Map.of("descriptors", "1024", "pid_max", "32768"));
    SweepResult planned =
        changed(REPEATED, run -> Runs.withPlan(run, Map.of("duration", "60s", "size", "64")));

    List<String> said =
        SweepComparison.of(List.of(REPEATED, Runs.in(planned, there))).differences();

    assertThat(said)
        .contains(
            "the machine differs: A bench-host · B other-host",
            "the kernel differs: A 6.18.44 · B 6.19.0",
            "the JDK differs: A 25.0.3+9, Eclipse Adoptium · B 26+1, Eclipse Adoptium",
            "Myriad differs: A 0.1.0 · B 0.2.0",
            "the limit descriptors differs: A 20000 · B 1024",
            "the plan differs in duration: A 8s · B 60s")
        .anyMatch(line -> line.startsWith("the processor differs"))
        .anyMatch(line -> line.startsWith("A: ") && line.contains("are not VALID"))
        .noneMatch(line -> line.contains("the memory") || line.contains("in size"))
        .doesNotHaveDuplicates();
  }
}
