package myriad.loadgen;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import myriad.results.Counter;
import myriad.results.LatencyKind;
import myriad.results.Pace;
import myriad.results.RunResult.Connections;
import myriad.results.Verdict;
import org.HdrHistogram.Histogram;

/** What a run found, in words, for those who read its result. Used by the run's thread alone. */
final class RunNotes {

  private final LoadPlan plan;
  private final IntervalLog log;
  private final List<String> notes = new ArrayList<>();

  private RunNotes(LoadPlan plan, IntervalLog log) {
    this.plan = plan;
    this.log = log;
  }

  /**
   * The notes of a run that has ended.
   *
   * @param measured length of the measured phase
   * @param messages echoed within it
   * @param kernelGrowth of the host's counters over the run
   * @param verdict who is to blame for what is amiss
   */
  static List<String> of(
      LoadPlan plan,
      IntervalLog log,
      Connections connections,
      Duration measured,
      long messages,
      Map<String, Long> kernelGrowth,
      Verdict verdict) {
    RunNotes run = new RunNotes(plan, log);
    run.noteHiddenStalls();
    run.noteShortfall(measured, messages, verdict);
    run.noteUnanswered();
    GeneratorHealth.noteOfLag(plan, log.latency()).ifPresent(run.notes::add);
    run.notes.addAll(new KernelHealth(kernelGrowth).findings());
    run.noteMissing(connections);
    run.noteWhatIsNotTold(connections);
    return run.notes;
  }

  private void noteHiddenStalls() {
    Histogram service = log.histograms().measured().get(LatencyKind.SERVICE);
    if (service != null) {
      HiddenStalls.note(plan, service).ifPresent(notes::add);
    }
  }

  /**
   * That fewer messages came back than were due: what a target does that is asked for too much, and
   * a generator that cannot make them.
   */
  private void noteShortfall(Duration measured, long messages, Verdict verdict) {
    if (plan.arrivals() instanceof Arrivals.OpenLoop) {
      Pace.of(measured, plan.warmup().toNanos() / 1e9, messages, log.latency())
          .filter(pace -> !pace.isKept())
          .map(
              pace ->
                  "%,.0f messages/s came back of the %,.0f/s that were due%s"
                      .formatted(
                          pace.cameBackPerSecond(),
                          pace.duePerSecond(),
                          verdict.kind() == Verdict.Kind.INVALID
                              ? ""
                              : ": the target did not keep up"))
          .ifPresent(notes::add);
    }
  }

  private void noteUnanswered() {
    long neverCameBack = log.total(LoopSnapshot::neverCameBack);
    if (neverCameBack > 0) {
      notes.add(
          ("%,d messages had not come back when the run, or their connection, ended: they count in"
                  + " response time, which was at least as long as each had waited by then")
              .formatted(neverCameBack));
    }
    long lost = log.total(LoopSnapshot::lost);
    if (lost > 0) {
      notes.add(
          "%,d messages were lost with their connections: they are in no latency".formatted(lost));
    }
  }

  private void noteMissing(Connections connections) {
    if (connections.open() >= connections.target()) {
      return;
    }
    StringJoiner why = new StringJoiner(", ");
    log.counters()
        .forEach(
            (counter, count) -> {
              if (counter.unit() == Counter.Unit.CONNECTIONS) {
                why.add("%,d %s".formatted(count, counter.label()));
              }
            });
    if (connections.attempted() < connections.target()) {
      why.add("%,d not tried".formatted(connections.target() - connections.attempted()));
    }
    notes.add(
        "%,d of %,d connections were open and served at the end%s"
            .formatted(
                connections.open(), connections.target(), why.length() == 0 ? "" : ": " + why));
    if (connections.open() == 0 && log.counters().getOrDefault(Counter.NEVER_SERVED, 0L) > 0) {
      notes.add(
          plan.messages().content() instanceof Messages.Request
              ? "no first request had its whole reply: it was shorter than --expect says, or what"
                  + " is to end it never came; look at what the target answers"
              : "no first message had its whole reply: a target that does not echo takes --request,"
                  + " and --expect with what it answers");
    }
  }

  private void noteWhatIsNotTold(Connections connections) {
    if (plan.tls().isPresent() && connections.open() > 0) {
      notes.add("connect time includes the handshake of TLS");
    }
    if (!plan.verify()) {
      notes.add("--no-verify: no byte that came back was compared");
    } else if (!plan.messages().content().caveat().isEmpty()) {
      notes.add(plan.messages().content().caveat());
    }
  }
}
