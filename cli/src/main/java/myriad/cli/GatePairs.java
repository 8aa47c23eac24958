package myriad.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import myriad.cli.PairRun.Side;
import myriad.cli.PairRun.Sides;
import myriad.loadgen.HostLimitException;
import myriad.loadgen.LoadResult;
import myriad.results.GateResult.Arm;
import myriad.results.GateResult.Pair;
import myriad.results.RunResult.Outcome;
import myriad.results.gate.GateSetup;
import myriad.results.gate.PairFigures;
import myriad.results.gate.Turns;

/** The pairs of a gate, measured, shown and kept one after another. Used by one thread. */
final class GatePairs implements GateCourse.PairSource {

  /**
   * The load of a turn.
   *
   * @param priming how long servers are loaded before they count
   */
  record Load(VariantRun.PlanSource plans, int connections, Duration priming) {}

  private final GateSetup setup;
  private final Sides<GateServer> servers;
  private final Load load;
  private final GateCourse course;
  private final RunOutput results;
  private final LiveView view;
  private final Interruption interruption;

  GatePairs(
      GateSetup setup,
      Sides<GateServer> servers,
      Load load,
      GateCourse course,
      RunOutput results,
      LiveView view,
      Interruption interruption) {
    this.setup = setup;
    this.servers = servers;
    this.load = load;
    this.course = course;
    this.results = results;
    this.view = view;
    this.interruption = interruption;
  }

  @Override
  public Optional<Pair> measure(int number, Arm arm)
      throws IOException, InterruptedException, HostLimitException {
    PairRun.Spec spec = spec(arm);
    List<LoadResult> turns = new PairRun(spec, number, view, this::show, interruption).run();
    for (LoadResult turn : turns) {
      results.add(turn);
    }
    if (turns.stream().anyMatch(turn -> turn.run().outcome() != Outcome.COMPLETE)) {
      return Optional.empty();
    }
    Pair pair =
        PairFigures.of(
            setup,
            number,
            arm,
            PairRun.orderText(number),
            turnsOf(spec.labels().of(Side.BASE), turns),
            turnsOf(spec.labels().of(Side.HEAD), turns));
    view.line(GateText.progress(pair));
    return Optional.of(pair);
  }

  private PairRun.Spec spec(Arm arm) {
    RunLabel base = new RunLabel("base", servers.base().text(), 1);
    Sides<RunLabel> labels =
        switch (arm) {
          case HEAD -> new Sides<>(base, new RunLabel("head", servers.head().text(), 1));
          case CALIBRATION ->
              new Sides<>(
                  new RunLabel("base, calibrating", base.model(), 1),
                  new RunLabel("base again, calibrating", base.model(), 1));
        };
    return new PairRun.Spec(
        arm == Arm.HEAD ? servers : new Sides<>(servers.base(), servers.base()),
        labels,
        load.plans(),
        load.connections(),
        firstPriming(),
        load.priming());
  }

  private Duration firstPriming() {
    return results.isEmpty() && !load.priming().isZero() ? Priming.LEAST_AT_FIRST : load.priming();
  }

  private void show(String what) {
    view.begin(
        new LiveView.RunTitle(
            what, load.connections(), course.valid() + 1, course.wanted(), Duration.ZERO));
    view.activity(what);
  }

  private static Turns turnsOf(RunLabel label, List<LoadResult> turns) {
    List<LoadResult> own =
        turns.stream().filter(turn -> turn.run().variant().equals(label.variant())).toList();
    return new Turns(
        own.stream().map(LoadResult::run).toList(),
        own.stream().map(LoadResult::histograms).toList());
  }
}
