package myriad.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import myriad.cli.LiveView.RunTitle;
import myriad.results.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LiveViewTest {

  private static final RunTitle TITLE =
      new RunTitle("epoll", 10_000, 3, 15, Duration.ofSeconds(71));

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

  @Test
  void redrawsInPlaceAndLeavesALineForTheRun() {
    TerminalLiveView view = new TerminalLiveView(out, () -> 80, false);
    view.begin(TITLE);
    view.onProgress(Runs.progress(0));
    assertThat(said())
        .isEqualTo(
            """
            \r\u001b[J\
            [3/15] epoll, 10,000 connections                                    1m 12s left
            measuring  █████████████████████████████████████████████░░░░░░░░░░░░░░░  75 %
            connections 9,990/10,000 · 52.3k/s · p50 1.30ms · p99 4.20ms · errors 0
            server 1.02 cores · 82 MiB · 12 threads · generator 0.98 cores
            """);
    view.end(Runs.measured("epoll", 10_000, 10_000, Verdict.valid()));
    assertThat(said())
        .isEqualTo(
            """
            \u001b[4A\r\u001b[J\
            [3/15] epoll, 10,000 connections: 1.00k/s, p50 3.00ms, p99 4.00ms, VALID
            """);
  }

  /** A line that is too long would wrap, and the next redraw would begin in its middle. */
  @ParameterizedTest
  @ValueSource(ints = {20, 40, 80, 200})
  void noLineIsWiderThanTheTerminal(int columns) {
    TerminalLiveView view = new TerminalLiveView(out, () -> columns, false);
    view.begin(TITLE);
    view.activity("starting the server");
    view.onProgress(Runs.progress(0));
    assertThat(said().replaceAll("\u001b\\[\\d*[A-Z]|\r", "").lines())
        .hasSize(6)
        .allSatisfy(line -> assertThat(line).hasSizeLessThan(columns));
  }

  @Test
  void errorsAreRedWhereColoursAreWanted() {
    TerminalLiveView colourful = new TerminalLiveView(out, () -> 80, true);
    colourful.onProgress(Runs.progress(7));
    assertThat(said()).contains("\u001b[31mconnections").contains("errors 7\u001b[0m");
    TerminalLiveView plain = new TerminalLiveView(out, () -> 80, false);
    plain.onProgress(Runs.progress(7));
    assertThat(said()).contains("errors 7").doesNotContain("\u001b[31m", "\u001b[1m");
  }

  /** What is left is that of the sweep, as on a terminal. */
  @Test
  void plainLinesComeEverySomeSeconds() {
    AtomicLong nowNs = new AtomicLong();
    LineLiveView view = new LineLiveView(out, nowNs::get);
    view.begin(TITLE);
    for (int quarter = 0; quarter < 28; quarter++) {
      nowNs.addAndGet(250_000_000);
      view.onProgress(Runs.progress(0));
    }
    assertThat(said().lines())
        .describedAs("lines in seven seconds")
        .hasSize(2)
        .allMatch(
            line ->
                line.startsWith(
                    "[3/15] epoll, 10,000 connections: measuring, 1m 12s left · connections"
                        + " 9,990"));
  }

  @Test
  void runThatWasSkippedSaysSo() {
    LineLiveView view = new LineLiveView(out, () -> 0);
    view.begin(TITLE);
    view.end(Runs.skipped("epoll", 10_000, "why"));
    assertThat(said().lines().toList())
        .isEqualTo(List.of("[3/15] epoll, 10,000 connections: 0 reached, SKIPPED"));
  }

  private String said() {
    String text = bytes.toString(StandardCharsets.UTF_8);
    bytes.reset();
    return text;
  }
}
