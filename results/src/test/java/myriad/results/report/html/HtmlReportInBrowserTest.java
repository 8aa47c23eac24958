package myriad.results.report.html;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import myriad.results.RecordedSweep;
import myriad.results.RunResult;
import myriad.results.Runs;
import myriad.results.SampleGate;
import myriad.results.SampleSweep;
import myriad.results.SweepResult;
import myriad.results.compare.SweepComparison;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The report as a browser shows it. Screenshots stay in {@code target/screenshots}. */
@Timeout(180)
class HtmlReportInBrowserTest {

  private static final Path SCREENSHOTS = Path.of("target", "screenshots");
  private static final String ALL_DRAWN =
      "document.querySelectorAll('[data-chart]').length === 10 &&"
          + "[...document.querySelectorAll('[data-chart]')].every(c => c.dataset.drawn)";

  private static final String CHART_WIDTHS =
      "[...document.querySelectorAll('[data-chart] canvas')]"
          + ".map(c => Math.round(c.getBoundingClientRect().width)).join()";

  /** Of a page between its margins. */
  private static final int A4_PIXELS = 703;

  @TempDir static Path folder;
  private static Browser browser;
  private static Path large;

  @BeforeAll
  static void start() throws Exception {
    Optional<Path> executable = Browser.executable();
    assumeTrue(executable.isPresent(), "no Chromium here: the report is not looked at");
    browser = new Browser(executable.get(), Files.createDirectory(folder.resolve("profile")));
    large = report(SampleSweep.large(), "large.html");
  }

  @AfterAll
  static void stop() throws Exception {
    if (browser != null) {
      browser.close();
    }
  }

  private static Path report(RecordedSweep sweep, String name) throws Exception {
    Path file = folder.resolve(name);
    try (OutputStream out = Files.newOutputStream(file)) {
      new HtmlReporter().write(sweep, out);
    }
    return file;
  }

  @ParameterizedTest
  @CsvSource({"1280,light", "1280,dark", "390,light", "390,dark"})
  void everyChartIsDrawnAndNothingLeavesTheFile(int width, String scheme) throws Exception {
    browser.show(width, 900, scheme);
    browser.open(large);
    browser.await(ALL_DRAWN);

    browser.screenshot(SCREENSHOTS.resolve("report-%s-%d.png".formatted(scheme, width)));

    assertThat(browser.complaints()).isEmpty();
    assertThat(browser.requests()).containsExactly(large.toUri().toString());
    assertThat(browser.evaluate("document.documentElement.scrollWidth").intValue())
        .as("the page does not scroll sideways")
        .isLessThanOrEqualTo(width);
    assertThat(
            browser
                .evaluate(
                    "[...document.querySelectorAll('[data-chart] canvas')].map(c =>"
                        + " c.closest('[data-chart]').dataset.chart).join()")
                .asString())
        .isEqualTo("spectrum,heatmap,connections,throughput,tail,resident,memory,health");
  }

  @Test
  void aSweepOverRatesIsDrawnAgainstOfferedLoad() throws Exception {
    browser.show(1280, 900, "light");
    browser.open(report(SampleSweep.overRates(), "rates.html"));
    browser.await(ALL_DRAWN);

    browser.screenshot(SCREENSHOTS.resolve("report-rates.png"));

    assertThat(browser.complaints()).isEmpty();
    assertThat(
            browser
                .evaluate("document.querySelectorAll('[data-chart=offered] canvas').length")
                .intValue())
        .isEqualTo(1);
  }

  @Test
  void theScalabilityLawIsDrawnWhereItWasFitted() throws Exception {
    browser.show(1280, 900, "light");
    browser.open(report(SampleSweep.overConnections(), "connections.html"));
    browser.await(ALL_DRAWN);

    browser.screenshot(SCREENSHOTS.resolve("report-scaling.png"));

    assertThat(browser.complaints()).isEmpty();
    assertThat(
            browser
                .evaluate("document.querySelectorAll('[data-chart=usl] canvas').length")
                .intValue())
        .isEqualTo(1);
  }

  @Test
  void aGateIsShownInABrowser() throws Exception {
    browser.show(390, 900, "dark");
    browser.open(report(SampleGate.recorded(), "gate.html"));
    browser.await(ALL_DRAWN);

    browser.screenshot(SCREENSHOTS.resolve("report-gate.png"));

    assertThat(browser.complaints()).isEmpty();
    assertThat(browser.evaluate("document.documentElement.scrollWidth").intValue())
        .as("the page does not scroll sideways")
        .isLessThanOrEqualTo(390);
  }

  @Test
  void theSummaryIsSortedByAPressOnAHeading() throws Exception {
    browser.show(1280, 900, "light");
    browser.open(large);
    browser.await(ALL_DRAWN);
    String sort = "document.querySelectorAll('#summary th button')[3].click();";
    String column =
        "[...document.querySelectorAll('#summary tbody tr')].map(r =>"
            + " r.cells[3].dataset.value).filter(v => v !== '').map(Number)";

    assertThat(
            browser
                .evaluate(sort + column + ".every((v, i, a) => i === 0 || a[i - 1] <= v)")
                .asBoolean())
        .isEqualTo(true);
    assertThat(
            browser
                .evaluate(sort + column + ".every((v, i, a) => i === 0 || a[i - 1] >= v)")
                .asBoolean())
        .isEqualTo(true);
    assertThat(
            browser
                .evaluate(
                    "[...document.querySelectorAll('#summary tbody"
                        + " tr')].at(-1).cells[3].textContent")
                .asString())
        .as("a row without a figure stays last")
        .isEqualTo("–");
  }

  @Test
  void everyControlIsReachedAndWorkedByKeyboard() throws Exception {
    browser.show(1280, 900, "light");
    browser.open(large);
    browser.await(ALL_DRAWN);

    assertThat(
            browser
                .evaluate(
                    "[...document.querySelectorAll('input, select, button, summary, .scroll, pre')]"
                        + ".every(e => e.tabIndex === 0)")
                .asBoolean())
        .isEqualTo(true);
    browser.evaluate("document.querySelector('#variants input').focus()");
    for (String type : List.of("keyDown", "keyUp")) {
      browser.call(
          "Input.dispatchKeyEvent",
          Map.of(
              "type", type, "key", " ", "code", "Space", "text", " ", "windowsVirtualKeyCode", 32));
    }
    assertThat(browser.evaluate("document.querySelector('#variants input').checked").asBoolean())
        .isEqualTo(false);
  }

  @Test
  void hostileTextIsShownAsText() throws Exception {
    String hostile = "</script><script>document.title='owned'</script><img src=x onerror=alert(1)>";
    RecordedSweep honest = SampleSweep.small();
    List<RunResult> runs =
        honest.result().runs().stream().map(run -> Runs.withVariant(run, hostile)).toList();
    browser.show(1280, 900, "light");
    browser.open(
        report(
            new RecordedSweep(Runs.sweepOf(honest.result(), runs), honest.histograms()),
            "hostile.html"));
    browser.await(ALL_DRAWN);

    assertThat(browser.evaluate("document.title").asString()).startsWith("Myriad: ");
    assertThat(browser.evaluate("document.querySelectorAll('img').length").intValue()).isZero();
    assertThat(
            browser.evaluate("document.querySelector('#summary tbody td').textContent").asString())
        .isEqualTo(hostile);
    assertThat(browser.complaints()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"1280,light", "390,dark"})
  void aComparisonIsATableThatCanBeSorted(int width, String scheme) throws Exception {
    SweepResult sweep = SampleSweep.large().result();
    List<RunResult> slower =
        sweep.runs().stream().map(run -> Runs.withMessages(run, run.messages() / 2)).toList();
    Path page = folder.resolve("compare.html");
    try (OutputStream out = Files.newOutputStream(page)) {
      new ComparisonPage(SweepComparison.of(List.of(sweep, Runs.sweepOf(sweep, slower))))
          .write(out);
    }
    browser.show(width, 900, scheme);
    browser.open(page);
    browser.await("document.querySelectorAll('th button').length > 0");

    browser.screenshot(SCREENSHOTS.resolve("compare-%s-%d.png".formatted(scheme, width)));

    assertThat(browser.complaints()).isEmpty();
    assertThat(browser.requests()).containsExactly(page.toUri().toString());
    assertThat(browser.evaluate("document.documentElement.scrollWidth").intValue())
        .isLessThanOrEqualTo(width);
    assertThat(browser.evaluate("document.querySelectorAll('.badge.bad').length").intValue())
        .isPositive();
  }

  /** In the quickest of several loads: a busy machine makes all but one of them slow. */
  @Test
  void theFirstPictureComesWithinASecond() throws Exception {
    browser.show(1280, 900, "light");
    List<Double> millis = new ArrayList<>();
    for (int load = 0; load < 5; load++) {
      browser.open(large);
      browser.await(ALL_DRAWN);
      millis.add(
          browser.evaluate("performance.getEntriesByName('first-chart')[0].startTime").asDouble());
    }

    System.out.printf("first chart after %s ms%n", millis);
    assertThat(Collections.min(millis)).as("milliseconds, of %s", millis).isLessThan(1_000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"light", "dark"})
  void onPaperNothingIsWiderThanThePage(String scheme) throws Exception {
    browser.show(1280, 900, scheme);
    browser.open(large);
    browser.await(ALL_DRAWN);
    String onScreen = browser.evaluate(CHART_WIDTHS).asString();

    byte[] pdf = browser.print();
    Files.write(SCREENSHOTS.resolve("report-%s.pdf".formatted(scheme)), pdf);
    showOnPaper(true);
    String onPaper = browser.evaluate(CHART_WIDTHS).asString();
    int widest = widestOnPaper();
    String ink = browser.evaluate("getComputedStyle(document.body).color").asString();
    showOnPaper(false);

    assertThat(new String(pdf, StandardCharsets.ISO_8859_1)).startsWith("%PDF-");
    assertThat(pdf.length).as("bytes, with pictures among them").isGreaterThan(100_000);
    assertThat(onPaper.split(","))
        .hasSize(8)
        .allSatisfy(width -> assertThat(Integer.parseInt(width)).isBetween(500, A4_PIXELS));
    assertThat(widest).as("tables too").isLessThanOrEqualTo(A4_PIXELS);
    assertThat(ink).isEqualTo("rgb(0, 0, 0)");
    browser.await("(" + CHART_WIDTHS + ") === '" + onScreen + "'");
    assertThat(browser.complaints()).isEmpty();
  }

  /** Its summary has the most columns. */
  @Test
  void onPaperAnOpenLoopIsNotWiderThanThePageEither() throws Exception {
    browser.show(1280, 900, "light");
    browser.open(report(SampleSweep.overRates(), "rates-on-paper.html"));
    browser.await(ALL_DRAWN);

    showOnPaper(true);
    int widest = widestOnPaper();
    showOnPaper(false);

    assertThat(widest).isLessThanOrEqualTo(A4_PIXELS);
  }

  private static void showOnPaper(boolean yes) throws Exception {
    browser.call("Emulation.setEmulatedMedia", Map.of("media", yes ? "print" : ""));
    browser.evaluate(
        "window.dispatchEvent(new Event('%s'))".formatted(yes ? "beforeprint" : "afterprint"));
  }

  private static int widestOnPaper() throws Exception {
    return browser
        .evaluate("(main => main.offsetLeft + main.scrollWidth)(document.querySelector('main'))")
        .intValue();
  }

  /** A run of two minutes that pauses in every second, and at its end loses connections. */
  @Test
  void everyTroubleHasALineAndErrorsGoFirstForALabel() throws Exception {
    String seconds =
        "Array.from({length: 120}, (_, i) => i < 118 ? {t: i, pauses: ['GC 12 ms']}"
            + " : {t: i, errors: ['9 reset']})";
    JsonNode lines =
        browser.evaluate(
            "(() => {" + script("heatmap") + "return troubles(" + seconds + ", 20);})()");

    assertThat(lines).hasSize(120);
    List<String> labels =
        lines
            .valueStream()
            .map(line -> line.path("label"))
            .filter(label -> label.path("show").asBoolean())
            .map(label -> label.path("formatter").asString())
            .toList();
    assertThat(labels).hasSizeBetween(15, 20).last().isEqualTo("9 reset");
  }

  private static String script(String name) throws IOException {
    try (InputStream in = HtmlReporter.class.getResourceAsStream("script/" + name + ".js")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
