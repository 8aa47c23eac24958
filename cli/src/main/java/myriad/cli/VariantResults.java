package myriad.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import myriad.loadgen.LoadPlan;
import myriad.loadgen.LoadResult;
import myriad.loadgen.PlanDescription;
import myriad.results.RunHistograms;
import myriad.results.RunResult;
import myriad.results.RunResult.Outcome;
import myriad.results.ServerUsage;
import org.jspecify.annotations.Nullable;

/** Results of load, which knows nothing of servers, told what server it was. */
final class VariantResults {

  private VariantResults() {}

  /**
   * {@code load} as a run of a variant.
   *
   * @param outcome how it is to be taken
   * @param serverCounters what the server itself counted
   * @param findings of the server's process, if it did not end as it should
   */
  static LoadResult of(
      RunLabel label,
      LoadResult load,
      Outcome outcome,
      Map<String, Long> serverCounters,
      List<String> findings) {
    RunResult run = ended(load, outcome, findings).run();
    RunResult labelled =
        run.toBuilder()
            .variant(label.variant())
            .model(label.model())
            .repeat(label.repeat())
            .server(withCounters(run.server(), serverCounters))
            .build();
    return new LoadResult(labelled, load.histograms());
  }

  /** {@code load} with what was found when its server was stopped. */
  static LoadResult ended(LoadResult load, Outcome outcome, List<String> findings) {
    List<String> notes = new ArrayList<>(load.run().notes());
    notes.addAll(findings);
    RunResult run = load.run().toBuilder().outcome(outcome).notes(notes).build();
    return new LoadResult(run, load.histograms());
  }

  /**
   * How the run is to be taken. That a server reaches fewer connections than were asked for is what
   * a sweep wants to know, and no failure as long as it lives and serves those that it has.
   *
   * @param maxErrors errors, besides connections that were not made, beyond which the server failed
   */
  static Outcome outcomeInSweep(RunResult run, long maxErrors, ServerEnd end) {
    if (run.outcome() == Outcome.COMPLETE && end.early()) {
      return Outcome.TARGET_FAILED;
    }
    boolean servedWhatItHad =
        end.findings().isEmpty()
            && run.connections().open() > 0
            && run.errors() - run.connections().failed() <= maxErrors;
    return run.outcome() == Outcome.TARGET_FAILED && servedWhatItHad
        ? Outcome.COMPLETE
        : run.outcome();
  }

  /** A run in which no load was made, for the reason in {@code note}. */
  static LoadResult withoutLoad(RunLabel label, LoadPlan plan, Outcome outcome, String note) {
    RunResult run =
        RunResult.builder()
            .variant(label.variant())
            .model(label.model())
            .repeat(label.repeat())
            .plan(PlanDescription.of(plan))
            .outcome(outcome)
            .notes(List.of(note))
            .connections(new RunResult.Connections(plan.connections(), 0, 0, 0, 0))
            .build();
    return new LoadResult(run, RunHistograms.none());
  }

  private static @Nullable ServerUsage withCounters(
      @Nullable ServerUsage server, Map<String, Long> counters) {
    return server == null ? null : server.withCounters(counters);
  }
}
