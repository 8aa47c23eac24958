package myriad.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import myriad.loadgen.HostLimitException;
import myriad.results.Check.Status;
import myriad.results.GateResult;
import myriad.results.GateResult.Arm;
import myriad.results.GateResult.Pair;
import myriad.results.SweepResult;
import myriad.results.gate.GateAnalysis;
import myriad.results.gate.GateSetup;

/**
 * The course of a gate: pairs until as many as planned are valid, a look at them, and, where they
 * do not decide, more pairs and a last look. Invalid pairs are replaced, as often as pairs were
 * planned and no more. Used by one thread.
 */
final class GateCourse {

  private final GateSetup setup;
  private final boolean calibrates;
  private final List<Pair> pairs = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private int wanted;
  private int replacements;
  private boolean complete;

  /** Measures pairs. */
  @FunctionalInterface
  interface PairSource {

    /**
     * Measures one.
     *
     * @param number from 1, within its arm
     * @return empty where it was cut short, by an interruption or the end of a server
     */
    Optional<Pair> measure(int number, Arm arm)
        throws IOException, InterruptedException, HostLimitException;
  }

  /**
   * Nothing is measured yet.
   *
   * @param calibrates whether a pair of base and base goes with each pair
   */
  GateCourse(GateSetup setup, boolean calibrates) {
    this.setup = setup;
    this.calibrates = calibrates;
    this.wanted = setup.plannedPairs();
  }

  /** Valid pairs that are asked for as far as is known: more, once they did not decide. */
  int wanted() {
    return wanted;
  }

  int valid() {
    return valid(Arm.HEAD);
  }

  /** What the pairs so far say. */
  GateResult result() {
    return GateAnalysis.of(setup, pairs, complete, notes);
  }

  /** {@code sweep} with what its runs, as pairs, say. */
  SweepResult conclude(SweepResult sweep) {
    GateResult gate = result();
    return sweep.concluding(GateAnalysis.checks(gate), gate);
  }

  /** Runs to the decision, or until {@code source} is cut short. */
  void run(PairSource source) throws IOException, InterruptedException, HostLimitException {
    if (!measureWanted(source)) {
      return;
    }
    complete = true;
    boolean undecided = result().decision() == Status.INCONCLUSIVE;
    if (undecided && valid() >= wanted && wanted < setup.mostPairs()) {
      notes.add("not decided after %d pairs: extended to %d".formatted(wanted, setup.mostPairs()));
      wanted = setup.mostPairs();
      complete = false;
      complete = measureWanted(source);
    }
    if (complete && valid() < wanted) {
      notes.add(
          "%d pairs were INVALID and %d of them replaced, which is the most: see their faults"
              .formatted(replacements + 1, replacements));
    }
  }

  private boolean measureWanted(PairSource source)
      throws IOException, InterruptedException, HostLimitException {
    while (valid() < wanted) {
      if (!measure(source, Arm.HEAD)) {
        return false;
      }
      if (!pairs.getLast().faults().isEmpty()) {
        if (replacements == setup.plannedPairs()) {
          return true;
        }
        replacements++;
      }
      if (calibrates
          && valid(Arm.CALIBRATION) < setup.plannedPairs()
          && !measure(source, Arm.CALIBRATION)) {
        return false;
      }
    }
    return true;
  }

  private boolean measure(PairSource source, Arm arm)
      throws IOException, InterruptedException, HostLimitException {
    int number = 1 + (int) pairs.stream().filter(pair -> pair.arm() == arm).count();
    Optional<Pair> pair = source.measure(number, arm);
    pair.ifPresent(pairs::add);
    return pair.isPresent();
  }

  private int valid(Arm arm) {
    return (int)
        pairs.stream().filter(pair -> pair.arm() == arm && pair.faults().isEmpty()).count();
  }
}
