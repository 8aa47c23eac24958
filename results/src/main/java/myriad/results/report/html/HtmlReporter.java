package myriad.results.report.html;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import myriad.results.RecordedSweep;
import myriad.results.RunResult;
import myriad.results.SweepResult;
import myriad.results.report.Reporter;
import myriad.results.report.RunGroup;
import myriad.results.report.Units;
import tools.jackson.databind.json.JsonMapper;

/** One HTML file with tables and charts, that needs no network and lets nothing foreign run. */
public final class HtmlReporter implements Reporter {

  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  @Override
  public String format() {
    return "html";
  }

  @Override
  public String fileName() {
    return "report.html";
  }

  @Override
  public void write(RecordedSweep sweep, OutputStream out) throws IOException {
    List<RunGroup> groups = RunGroup.of(sweep.result());
    Map<String, String> parts = new LinkedHashMap<>();
    parts.putAll(heading(sweep.result(), groups));
    parts.putAll(tables(sweep.result(), groups));
    parts.put("gate", GateSection.of(sweep.result()));
    parts.put("scaling", ScalingFit.section(ScalingFit.of(groups)));
    parts.put(
        "data",
        Html.escapeJson(JsonMapper.shared().writeValueAsString(ChartData.of(sweep, groups))));
    parts.putAll(code());
    out.write(PageTemplate.fill(PageResources.template(), parts).getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  private static Map<String, String> heading(SweepResult sweep, List<RunGroup> groups) {
    return Map.of(
        "runId", Html.escape(sweep.runId()),
        "title", Html.escape(title(sweep, groups)),
        "asked", Asked.of(sweep.runs()),
        "when", Html.escape(when(sweep)),
        "verdicts", Badge.ofAll(sweep.runs()),
        "findings", Findings.list(groups),
        "version", Html.escape(sweep.environment().myriadVersion()),
        "command", Html.escape(ShellWords.of(sweep.command())));
  }

  private static Map<String, String> tables(SweepResult sweep, List<RunGroup> groups) {
    boolean repeated = groups.stream().anyMatch(group -> group.runs().size() > 1);
    return Map.of(
        "summaryHint",
            repeated
                ? "Medians of the valid repeats, ± half their range. Times are response time unless they say otherwise."
                : "Times are response time, from when a message was due to the last echoed byte, unless they say otherwise.",
        "summaryTable", GroupTable.of(groups),
        "runCount", Html.escape(count(sweep.runs().size(), "run")),
        "runsTable", RunTable.of(sweep.runs()),
        "errorTable", ErrorTable.of(sweep.runs()),
        "environmentTable", EnvironmentTable.of(sweep.environment()));
  }

  private static Map<String, String> code() {
    String style = PageResources.style();
    String charts = PageResources.charts();
    String script = PageResources.script();
    return Map.of(
        "style", style,
        "charts", charts,
        "script", script,
        "policy", Html.escape(PageResources.policy(style, List.of(charts, script))));
  }

  private static String title(SweepResult sweep, List<RunGroup> groups) {
    long variants = sweep.runs().stream().map(RunResult::serverName).distinct().count();
    long loads = groups.stream().map(RunGroup::load).distinct().count();
    int repeats = groups.stream().mapToInt(group -> group.runs().size()).max().orElse(0);
    if (variants == 1 && loads == 1) {
      return groups.getFirst().serverName() + ", " + groups.getFirst().load();
    }
    return "%s × %s%s"
        .formatted(
            count(variants, "variant"),
            count(loads, "load"),
            repeats > 1 ? " × " + count(repeats, "repeat") : "");
  }

  private static String when(SweepResult sweep) {
    Duration took = Duration.between(sweep.startedAt(), sweep.endedAt());
    return "%s · took %d min %d s%s"
        .formatted(
            MINUTE.format(sweep.startedAt()),
            took.toMinutes(),
            took.toSecondsPart(),
            sweep.status() == SweepResult.Status.PARTIAL
                ? " · partial: interrupted, or a server failed"
                : "");
  }

  private static String count(long count, String noun) {
    return Units.whole(count) + " " + noun + (count == 1 ? "" : "s");
  }
}
