package myriad.results.report;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import myriad.results.Check;
import myriad.results.GateResult;
import myriad.results.LatencyKind;
import myriad.results.LatencySummary;
import myriad.results.RecordedSweep;
import myriad.results.RunResult;
import myriad.results.SweepResult;
import myriad.results.stats.Spread;

/**
 * A summary in GitHub's Markdown: a table with a row a group of repeats, what was checked, and what
 * was found. It fits the summary of a job and a comment on a pull request.
 */
public final class MarkdownReporter implements Reporter {

  @Override
  public String format() {
    return "markdown";
  }

  @Override
  public String fileName() {
    return "summary.md";
  }

  @Override
  public void write(RecordedSweep sweep, OutputStream out) throws IOException {
    StringBuilder text = new StringBuilder();
    appendTitle(text, sweep.result());
    appendChecks(text, sweep.result().checks());
    GateResult gate = sweep.result().gate();
    if (gate == null) {
      appendTable(text, sweep.result());
    } else {
      appendPairs(text, gate);
    }
    appendFindings(text, sweep.result());
    out.write(text.toString().getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  private static void appendTitle(StringBuilder text, SweepResult sweep) {
    text.append("### Myriad ").append(escape(sweep.runId()));
    if (sweep.status() == SweepResult.Status.PARTIAL) {
      text.append(" (partial: interrupted, or a server failed)");
    }
    text.append('\n');
  }

  private static void appendTable(StringBuilder text, SweepResult sweep) {
    text.append("\n| variant | load | reached | msgs/s | p50 | p99 | p99.9 | service p99 |")
        .append(" CPU/msg | memory/conn | errors | verdict |\n")
        .append("|---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|---|\n");
    RunGroup.of(sweep).forEach(group -> text.append(row(group)).append('\n'));
  }

  private static String row(RunGroup group) {
    return Stream.of(
            escape(group.serverName()),
            group.load(),
            show(group.figure(run -> (double) run.connections().open()), Units::count),
            show(group.figure(RunResult::messagesPerSecond), Units::count),
            show(group.latency(LatencyKind.RESPONSE, LatencySummary::p50Ns), Units::nanos),
            show(group.latency(LatencyKind.RESPONSE, LatencySummary::p99Ns), Units::nanos),
            show(group.latency(LatencyKind.RESPONSE, LatencySummary::p999Ns), Units::nanos),
            show(group.latency(LatencyKind.SERVICE, LatencySummary::p99Ns), Units::nanos),
            show(group.serverMicrosPerMessage(), micros -> Units.nanos(micros * 1e3)),
            show(group.serverBytesPerConnection(), Units::bytes),
            Units.whole(group.runs().stream().mapToLong(RunResult::errors).sum()),
            verdicts(group))
        .collect(Collectors.joining(" | ", "| ", " |"));
  }

  private static String show(Optional<Spread> spread, DoubleFunction<String> text) {
    return spread.map(found -> text.apply(found.mid())).orElse("–");
  }

  private static String verdicts(RunGroup group) {
    return group.runs().stream()
        .map(RunLabels::verdict)
        .distinct()
        .collect(Collectors.joining(", "));
  }

  private static void appendChecks(StringBuilder text, List<Check> checks) {
    if (!checks.isEmpty()) {
      text.append("\n| | checked | of | measured |\n|---|---|---|---|\n");
      for (Check check : checks) {
        text.append(
            "| %s %s | %s | %s | %s |\n"
                .formatted(
                    check.status().mark(),
                    check.status(),
                    escape(check.name()),
                    escape(check.subject()),
                    escape(check.detail())));
      }
    }
  }

  private static void appendPairs(StringBuilder text, GateResult gate) {
    text.append("\nbase: ").append(escape(gate.base()));
    text.append("\nhead: ").append(escape(gate.head())).append("\n\n");
    GateLines.of(gate).forEach(line -> text.append("- ").append(escape(line)).append('\n'));
  }

  private static void appendFindings(StringBuilder text, SweepResult sweep) {
    text.append('\n');
    for (RunResult run : RunLabels.tellingRuns(sweep)) {
      Stream.concat(run.verdict().reasons().stream(), run.notes().stream())
          .map(finding -> "- " + escape(RunLabels.subject(run)) + ": " + escape(finding) + "\n")
          .forEach(text::append);
    }
  }

  /** Shown as it stands: no markup, no link, no mention, no new cell. */
  private static String escape(String text) {
    StringBuilder safe = new StringBuilder();
    text.codePoints()
        .map(c -> Character.isISOControl(c) ? ' ' : c)
        .forEach(
            c -> {
              if (c < 128 && !Character.isLetterOrDigit(c) && " ,.;:-_/=%()+".indexOf(c) < 0) {
                safe.append("&#").append(c).append(';');
              } else if (c == '_') {
                safe.append("\\_");
              } else {
                safe.appendCodePoint(c);
              }
            });
    return safe.toString();
  }
}
