package myriad.results.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import myriad.results.Check;
import myriad.results.Check.Status;
import myriad.results.RecordedSweep;
import myriad.results.RunResult;
import myriad.results.Runs;
import myriad.results.SampleGate;
import myriad.results.SampleSweep;
import myriad.results.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;

/** The reports that a build server reads. */
class CheckReportersTest {

  private static final RecordedSweep SAMPLE = SampleSweep.small();
  private static final String HOSTILE = "<b>]]>|`@x`\u0001\uD800 [a](http://b)\n::error::x";
  private static final List<Check> CHECKS =
      List.of(
          new Check("epoll", "p99<5ms", Status.FAIL, "7 ms"),
          new Check("epoll", "errors==0", Status.PASS, "0"),
          new Check("epoll", "cpu", Status.INCONCLUSIVE, "10 pairs"),
          new Check(HOSTILE, HOSTILE, Status.INVALID, HOSTILE));

  private static String text(Reporter reporter, RecordedSweep sweep) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    reporter.write(sweep, out);
    return out.toString(StandardCharsets.UTF_8);
  }

  private static RecordedSweep sweepOf(RunResult.Outcome outcome, Verdict verdict) {
    RunResult run = Runs.ended(SAMPLE.result().runs().getFirst(), outcome, verdict);
    return new RecordedSweep(Runs.sweepOf(SAMPLE.result(), List.of(run)), SAMPLE.histograms());
  }

  private static RecordedSweep checked() {
    return new RecordedSweep(SAMPLE.result().concluding(CHECKS, null), SAMPLE.histograms());
  }

  private static Element suite(String xml) throws Exception {
    return (Element)
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)))
            .getElementsByTagName("testsuite")
            .item(0);
  }

  @Test
  void junitHasACaseForEachRunAndEachCheck() throws Exception {
    Element suite = suite(text(new JUnitReporter(), checked()));

    assertThat(suite.getAttribute("tests")).isEqualTo("10");
    assertThat(suite.getAttribute("failures")).isEqualTo("1");
    assertThat(suite.getAttribute("errors")).isEqualTo("1");
    assertThat(suite.getAttribute("skipped")).isEqualTo("1");
    assertThat(suite.getElementsByTagName("failure").item(0).getTextContent())
        .isEqualTo("✗ epoll: p99<5ms (7 ms)");
  }

  /** The schema of Ant's reports is the strictest of those that build servers hold them against. */
  @Test
  void junitHasWhatTheSchemaOfAntAsksFor() throws Exception {
    Element suite = suite(text(new JUnitReporter(), checked()));

    assertThat(suite.getAttribute("timestamp")).isEqualTo("2026-11-22T20:15:30");
    assertThat(suite.getAttribute("hostname")).isEqualTo("bench-host");
    assertThat(suite.getAttribute("time")).matches("[0-9]+\\.[0-9]{3}");
    assertThat(suite.getAttribute("package")).isNotEmpty();
    assertThat(suite.getAttribute("id")).isEqualTo("0");
    List<Element> parts = children(suite);
    assertThat(parts.stream().map(Element::getTagName).distinct())
        .containsExactly("properties", "testcase", "system-out", "system-err");
    assertThat(parts)
        .filteredOn(part -> part.getTagName().equals("testcase"))
        .flatExtracting(CheckReportersTest::children)
        .allSatisfy(
            outcome -> {
              assertThat(outcome.getTagName()).isIn("failure", "error", "skipped");
              assertThat(outcome.getAttribute("type")).isNotEmpty();
            });
  }

  private static List<Element> children(Element parent) {
    List<Element> children = new ArrayList<>();
    for (int i = 0; i < parent.getChildNodes().getLength(); i++) {
      if (parent.getChildNodes().item(i) instanceof Element child) {
        children.add(child);
      }
    }
    return children;
  }

  @Test
  void junitTellsTheEndsOfARunApart() throws Exception {
    Verdict invalid = new Verdict(Verdict.Kind.INVALID, List.of("loop 98 %"));
    Verdict none = new Verdict(Verdict.Kind.NONE, List.of());

    assertThat(text(new JUnitReporter(), sweepOf(RunResult.Outcome.COMPLETE, invalid)))
        .contains("<error type=\"INVALID\" message=\"INVALID: loop 98 %\">");
    assertThat(text(new JUnitReporter(), sweepOf(RunResult.Outcome.SKIPPED, none)))
        .contains("<skipped ");
    assertThat(text(new JUnitReporter(), sweepOf(RunResult.Outcome.TARGET_FAILED, none)))
        .contains("<failure ");
    assertThat(text(new JUnitReporter(), sweepOf(RunResult.Outcome.PARTIAL, Verdict.valid())))
        .contains("<error ");
  }

  /** Why nothing was decided is in no check. */
  @Test
  void aServerThatFailedInAGateIsAFailureAndIsToldOf() throws Exception {
    RunResult failed =
        Runs.ended(
                SAMPLE.result().runs().getFirst(), RunResult.Outcome.TARGET_FAILED, Verdict.valid())
            .withNote("the server ended with exit code 1");
    RecordedSweep gate = SampleGate.recorded();
    RecordedSweep sweep =
        new RecordedSweep(
            Runs.sweepOf(gate.result(), List.of(failed, SAMPLE.result().runs().getLast()))
                .concluding(gate.result().checks(), gate.result().gate()),
            gate.histograms());

    Element suite = suite(text(new JUnitReporter(), sweep));
    assertThat(suite.getAttribute("tests")).as("one run and one check").isEqualTo("2");
    assertThat(suite.getElementsByTagName("failure").item(0).getTextContent())
        .contains("the server ended with exit code 1");
    assertThat(text(new MarkdownReporter(), sweep)).contains("the server ended with exit code 1");
  }

  @Test
  void markdownHasARowAGroupAndARowACheck() throws IOException {
    String markdown = text(new MarkdownReporter(), checked());

    assertThat(markdown.lines().filter(line -> line.startsWith("| io\\_uring |"))).hasSize(2);
    assertThat(markdown).contains("| ✗ FAIL | p99&#60;5ms | epoll | 7 ms |");
  }

  @Test
  void markdownShowsHostileTextAsText() throws IOException {
    assertThat(text(new MarkdownReporter(), checked()))
        .doesNotContain("<b>")
        .doesNotContain("](http")
        .doesNotContain("@x")
        .doesNotContain("\n::error");
  }

  @Test
  void gitHubGetsAnErrorForEachCheckThatDidNotPass() {
    assertThat(GitHubActions.annotations(CHECKS))
        .hasSize(3)
        .allMatch(line -> line.lines().count() == 1)
        .first()
        .isEqualTo("::error title=Myriad%3A p99<5ms::epoll: 7 ms");
  }

  @Test
  void theSummaryOfAJobIsAddedToWhatIsThere(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("summary"), "before\n");

    GitHubActions.appendSummary(file, checked());

    assertThat(file).content().startsWith("before\n### Myriad 20261122");
  }
}
