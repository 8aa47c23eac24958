package myriad.results.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import myriad.results.RecordedSweep;
import myriad.results.RunHistograms;
import myriad.results.RunResult;
import myriad.results.Runs;
import myriad.results.SampleGate;
import myriad.results.SampleSweep;
import myriad.results.Verdict;
import org.junit.jupiter.api.Test;

class HtmlReporterTest {

  private static final int MOST_BYTES = 1_500_000;
  private static final Pattern SCRIPT = Pattern.compile("<script>(.*?)</script>", Pattern.DOTALL);

  private static String html(RecordedSweep sweep) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new HtmlReporter().write(sweep, out);
    return out.toString(StandardCharsets.UTF_8);
  }

  /** A report of the small sweep, had it had these runs. */
  private static String html(List<RunResult> runs) throws IOException {
    return html(
        new RecordedSweep(
            Runs.sweepOf(SampleSweep.small().result(), runs), _ -> RunHistograms.none()));
  }

  private static RunResult sampleRun() {
    return SampleSweep.small().result().runs().getFirst();
  }

  @Test
  void elevenVariantsThreeCountsAndFiveRepeatsStaySmall() throws IOException {
    int bytes = html(SampleSweep.large()).getBytes(StandardCharsets.UTF_8).length;

    assertThat(bytes).isLessThan(MOST_BYTES);
  }

  @Test
  void onlyTheScriptsOfTheReportMayRun() throws Exception {
    String html = html(SampleSweep.small());
    List<String> scripts =
        SCRIPT.matcher(html).results().map((MatchResult match) -> match.group(1)).toList();

    assertThat(html).contains("default-src &#39;none&#39;").doesNotContain("unsafe-");
    assertThat(scripts).hasSize(2);
    for (String script : scripts) {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(script.getBytes(StandardCharsets.UTF_8));
      assertThat(html)
          .contains("sha256-" + Html.escape(Base64.getEncoder().encodeToString(digest)));
    }
  }

  @Test
  void textFromAResultIsEscapedEverywhere() throws IOException {
    String hostile = "</script><b>\"x\"</b>{{data}}";

    assertThat(html(List.of(Runs.withVariant(sampleRun(), hostile))))
        .doesNotContain(hostile)
        .doesNotContain("</script><b>")
        .contains("&lt;/script&gt;&lt;b&gt;&quot;x&quot;&lt;/b&gt;{{data}}");
  }

  @Test
  void showsAGateWithItsPairs() throws IOException {
    assertThat(html(SampleGate.recorded()))
        .contains("<h2 id=\"gate-title\">", "epoll --threads 1", "found in a test")
        .contains("a change under 12 % cannot be seen here in 10 pairs")
        .contains("base: generator late", "shown, not decided on");
    assertThat(html(SampleSweep.small())).doesNotContain("gate-title", "checks-title");
  }

  /** What was asked and what came of it, the figures, how they came about, how to do it again. */
  @Test
  void itsPartsComeInTheOrderInWhichTheyAreRead() throws IOException {
    List<String> parts =
        Pattern.compile("<h2 id=\"([a-z]+)-title\"")
            .matcher(html(SampleSweep.overConnections()))
            .results()
            .map((MatchResult match) -> match.group(1))
            .toList();

    assertThat(parts)
        .containsSubsequence(
            "verdict",
            "summary",
            "spectrum",
            "heatmap",
            "connections",
            "throughput",
            "tail",
            "memory",
            "offered",
            "health",
            "errors",
            "environment",
            "again");
  }

  @Test
  void namesWhatItsChartsAreMadeOf() throws IOException {
    assertThat(html(SampleSweep.small()))
        .contains("Apache ECharts 6", "copyright Baidu Inc.")
        .contains("This product includes software developed at")
        .contains("Copyright (c) 2017, Baidu Inc.", "Redistributions in binary form")
        .contains("Copyright 2010-2016 Mike Bostock");
  }

  @Test
  void saysWhatASkippedRunLacked() throws IOException {
    RunResult skipped =
        Runs.ended(
            sampleRun(),
            RunResult.Outcome.SKIPPED,
            new Verdict(Verdict.Kind.NONE, List.of("needs a kernel of this decade")));

    assertThat(html(List.of(skipped)))
        .contains("SKIPPED")
        .contains("needs a kernel of this decade");
  }

  @Test
  void whatWasAskedIsSaidWithEveryValue() throws IOException {
    RunResult run = sampleRun();
    List<RunResult> runs =
        IntStream.rangeClosed(1, 14)
            .mapToObj(
                count -> Runs.withPlan(run, Map.of("connections", count + "k", "tls", "<on>")))
            .toList();

    assertThat(html(runs))
        .contains("connections <b>1k, 2k, 3k,", "11k, 12k and 2 more</b>")
        .contains("tls <b>&lt;on&gt;</b>");
  }

  /** Notes are many and change no verdict; what went wrong is not to be looked for among them. */
  @Test
  void troublesAreSeenAtOnceAndNotesWhenUnfolded() throws IOException {
    RunResult run =
        sampleRun().toBuilder()
            .verdict(new Verdict(Verdict.Kind.INVALID, List.of("the generator was late")))
            .notes(List.of("the target rested"))
            .build();
    String html = html(List.of(run));
    String folded =
        html.substring(
            html.indexOf("<details class=\"more-findings\">"), html.indexOf("</details>"));

    assertThat(folded).contains("<summary>1 note</summary>", "the target rested");
    assertThat(folded).doesNotContain("the generator was late");
    assertThat(html).contains(": the generator was late</li>");
  }

  @Test
  void aSweepWithoutRunsIsStillAReport() throws IOException {
    assertThat(html(List.of())).contains("0 runs").contains(SampleSweep.small().result().runId());
  }

  @Test
  void theCommandCanBePastedIntoAShell() throws IOException {
    assertThat(html(SampleSweep.small())).contains("<code>myriad bench -c 100,1k,10k --repeats 1");
  }
}
