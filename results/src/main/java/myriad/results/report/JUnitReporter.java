package myriad.results.report;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
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
 * runs mean nothing alone, the checks and the runs that a server failed. FAIL is a failure, INVALID
 * an error, INCONCLUSIVE and SKIPPED are skipped; the text says why. It is valid by the schema of
 * Ant's reports, which asks for more than others and has no output within a case, and by that of
 * Jenkins.
 */
public final class JUnitReporter implements Reporter {

  private static final double NANOS_PER_SECOND = 1e9;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss").withZone(ZoneOffset.UTC);

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
                RunLabels.tellingRuns(sweep.result()).stream().map(JUnitReporter::ofRun),
                sweep.result().checks().stream().map(check -> new Case("check", check, 0)))
            .toList();
    try {
      XMLStreamWriter xml =
          XMLOutputFactory.newDefaultFactory()
              .createXMLStreamWriter(out, StandardCharsets.UTF_8.name());
      writeSuite(xml, sweep.result(), cases);
      xml.flush();
    } catch (XMLStreamException e) {
      throw new IOException("cannot write JUnit XML: " + e.getMessage(), e);
    }
    out.flush();
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

  private static void writeSuite(XMLStreamWriter xml, SweepResult sweep, List<Case> cases)
      throws XMLStreamException {
    xml.writeStartDocument(StandardCharsets.UTF_8.name(), "1.0");
    xml.writeStartElement("testsuites");
    xml.writeStartElement("testsuite");
    xml.writeAttribute("name", plain(sweep.runId()));
    xml.writeAttribute("package", "myriad");
    xml.writeAttribute("id", "0");
    xml.writeAttribute("timestamp", TIME.format(sweep.startedAt()));
    String host = plain(sweep.environment().hostName());
    xml.writeAttribute("hostname", host.isBlank() ? "localhost" : host);
    xml.writeAttribute("tests", Integer.toString(cases.size()));
    xml.writeAttribute("failures", count(cases, Status.FAIL));
    xml.writeAttribute("errors", count(cases, Status.INVALID));
    xml.writeAttribute("skipped", count(cases, Status.SKIPPED, Status.INCONCLUSIVE));
    xml.writeAttribute("time", seconds(cases.stream().mapToDouble(Case::seconds).sum()));
    writeProperties(xml, sweep);
    for (Case testCase : cases) {
      writeCase(xml, testCase);
    }
    writeText(xml, "system-out", passed(cases));
    writeText(xml, "system-err", "");
    xml.writeEndElement();
    xml.writeEndElement();
    xml.writeEndDocument();
  }

  private static void writeProperties(XMLStreamWriter xml, SweepResult sweep)
      throws XMLStreamException {
    xml.writeStartElement("properties");
    writeProperty(xml, "command", String.join(" ", sweep.command()));
    writeProperty(xml, "myriad", sweep.environment().myriadVersion());
    writeProperty(xml, "java", sweep.environment().javaVersion());
    writeProperty(xml, "kernel", sweep.environment().kernel());
    xml.writeEndElement();
  }

  private static void writeProperty(XMLStreamWriter xml, String name, String value)
      throws XMLStreamException {
    xml.writeEmptyElement("property");
    xml.writeAttribute("name", name);
    xml.writeAttribute("value", plain(value));
  }

  private static void writeText(XMLStreamWriter xml, String element, String text)
      throws XMLStreamException {
    xml.writeStartElement(element);
    xml.writeCharacters(plain(text));
    xml.writeEndElement();
  }

  private static String passed(List<Case> cases) {
    return cases.stream()
        .map(Case::check)
        .filter(check -> check.status() == Status.PASS)
        .map(Check::line)
        .collect(Collectors.joining("\n"));
  }

  private static String seconds(double seconds) {
    return String.format(Locale.ROOT, "%.3f", seconds);
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
    xml.writeAttribute("time", seconds(testCase.seconds()));
    switch (check.status()) {
      case FAIL -> writeOutcome(xml, "failure", check);
      case INVALID -> writeOutcome(xml, "error", check);
      case INCONCLUSIVE, SKIPPED -> writeOutcome(xml, "skipped", check);
      case PASS -> {}
    }
    xml.writeEndElement();
  }

  private static void writeOutcome(XMLStreamWriter xml, String element, Check check)
      throws XMLStreamException {
    xml.writeStartElement(element);
    xml.writeAttribute("type", check.status().name());
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
