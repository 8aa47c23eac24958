package myriad.results.report;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import myriad.results.Check;
import myriad.results.Check.Status;
import myriad.results.RecordedSweep;
import myriad.results.RunResult;
import myriad.results.SweepResult;
import myriad.results.Verdict;

/**
 * JUnit XML for the test view of a build server: one case a run, and one a check; of a gate, whose
 * runs mean nothing alone, only the checks. FAIL is a failure, INVALID an error, INCONCLUSIVE and
 * SKIPPED are skipped; the text says why.
 */
public final class JUnitReporter implements Reporter {

  private static final double NANOS_PER_SECOND = 1e9;

  @Override
  public String format() {
    return "junit";
  }

  @Override
  public String fileName() {
    return "junit.xml";
  }

  @Override
  public void write(RecordedSweep sweep, OutputStream out) throws IOException {
    List<Case> cases =
        Stream.concat(
                runs(sweep.result()).stream().map(JUnitReporter::ofRun),
                sweep.result().checks().stream().map(check -> new Case("check", check, 0)))
            .toList();
    try {
      XMLStreamWriter xml =
          XMLOutputFactory.newDefaultFactory()
              .createXMLStreamWriter(out, StandardCharsets.UTF_8.name());
      writeSuite(xml, sweep.result().runId(), cases);
      xml.flush();
    } catch (XMLStreamException e) {
      throw new IOException("cannot write JUnit XML: " + e.getMessage(), e);
    }
    out.flush();
  }

  private static List<RunResult> runs(SweepResult sweep) {
    return sweep.gate() == null ? sweep.runs() : List.of();
  }

  private record Case(String group, Check check, double seconds) {}

  private static Case ofRun(RunResult run) {
    Status status =
        switch (run.outcome()) {
          case SKIPPED -> Status.SKIPPED;
          case TARGET_FAILED -> Status.FAIL;
          case PARTIAL -> Status.INVALID;
          case COMPLETE ->
              run.verdict().kind() == Verdict.Kind.VALID ? Status.PASS : Status.INVALID;
        };
    String detail =
        String.join(
            "; ", Stream.concat(run.verdict().reasons().stream(), run.notes().stream()).toList());
    return new Case(
        "run",
        new Check(RunLabels.subject(run), RunLabels.verdict(run), status, detail),
        run.measured().toNanos() / NANOS_PER_SECOND);
  }

  private static void writeSuite(XMLStreamWriter xml, String runId, List<Case> cases)
      throws XMLStreamException {
    xml.writeStartDocument(StandardCharsets.UTF_8.name(), "1.0");
    xml.writeStartElement("testsuites");
    xml.writeStartElement("testsuite");
    xml.writeAttribute("name", plain(runId));
    xml.writeAttribute("tests", Integer.toString(cases.size()));
    xml.writeAttribute("failures", count(cases, Status.FAIL));
    xml.writeAttribute("errors", count(cases, Status.INVALID));
    xml.writeAttribute("skipped", count(cases, Status.SKIPPED, Status.INCONCLUSIVE));
    for (Case testCase : cases) {
      writeCase(xml, testCase);
    }
    xml.writeEndElement();
    xml.writeEndElement();
    xml.writeEndDocument();
  }

  private static String count(List<Case> cases, Status... statuses) {
    return Long.toString(
        cases.stream().filter(c -> List.of(statuses).contains(c.check().status())).count());
  }

  private static void writeCase(XMLStreamWriter xml, Case testCase) throws XMLStreamException {
    Check check = testCase.check();
    xml.writeStartElement("testcase");
    xml.writeAttribute("classname", "myriad." + testCase.group());
    xml.writeAttribute(
        "name",
        plain(
            testCase.group().equals("run")
                ? check.subject()
                : check.subject() + ": " + check.name()));
    xml.writeAttribute("time", String.format(Locale.ROOT, "%.3f", testCase.seconds()));
    switch (check.status()) {
      case FAIL -> writeOutcome(xml, "failure", check);
      case INVALID -> writeOutcome(xml, "error", check);
      case INCONCLUSIVE, SKIPPED -> writeOutcome(xml, "skipped", check);
      case PASS -> {
        xml.writeStartElement("system-out");
        xml.writeCharacters(plain(check.line()));
        xml.writeEndElement();
      }
    }
    xml.writeEndElement();
  }

  private static void writeOutcome(XMLStreamWriter xml, String element, Check check)
      throws XMLStreamException {
    xml.writeStartElement(element);
    xml.writeAttribute("message", plain(check.name() + ": " + check.detail()));
    xml.writeCharacters(plain(check.line()));
    xml.writeEndElement();
  }

  /** XML 1.0 has no way to write most control characters, nor halves of surrogate pairs. */
  private static String plain(String text) {
    StringBuilder legal = new StringBuilder(text.length());
    text.codePoints()
        .map(
            c ->
                (c < 0x20 && c != '\n' && c != '\t')
                        || (c >= 0xD800 && c <= 0xDFFF)
                        || c == 0xFFFE
                        || c == 0xFFFF
                    ? 0xFFFD
                    : c)
        .forEach(legal::appendCodePoint);
    return legal.toString();
  }
}
