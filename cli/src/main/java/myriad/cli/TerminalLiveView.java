package myriad.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.IntSupplier;
import myriad.loadgen.LoadProgress;
import myriad.results.RunResult;

/** Progress on a terminal: a few lines redrawn in place, above them a line for each run done. */
final class TerminalLiveView implements LiveView {

  private static final String ERASE_BELOW = "\r\u001b[J";
  private static final String BOLD = "\u001b[1m";
  private static final String RED = "\u001b[31m";
  private static final String RESET = "\u001b[0m";

  private static final int MIN_BAR = 10;
  private static final int MAX_BAR = 60;

  private final PrintStream out;
  private final IntSupplier columns;
  private final boolean colours;
  private RunTitle title = new RunTitle("", 0, 1, 1, Duration.ZERO);
  private int drawnLines;

  /**
   * Draws on {@code out}.
   *
   * @param columns width of the terminal, asked before each drawing as it may change
   */
  TerminalLiveView(PrintStream out, IntSupplier columns, boolean colours) {
    this.out = out;
    this.columns = columns;
    this.colours = colours;
  }

  @Override
  public void begin(RunTitle runTitle) {
    title = runTitle;
  }

  @Override
  public void activity(String what) {
    draw(List.of(bold(fit(title.toString())), fit(what)));
  }

  @Override
  public void onProgress(LoadProgress progress) {
    String load = fit(ProgressText.load(progress));
    draw(
        List.of(
            bold(fit(headline(progress))),
            fit(bar(progress)),
            progress.errors() > 0 ? styled(RED, load) : load,
            fit(ProgressText.usage(progress.latest()))));
  }

  @Override
  public void end(RunResult run) {
    line(title + ": " + ProgressText.outcome(run));
  }

  @Override
  public void line(String text) {
    draw(List.of());
    out.println(WrappedText.wrap(List.of(text), OptionalInt.of(columns.getAsInt())));
    out.flush();
  }

  private String headline(LoadProgress progress) {
    String left = Figures.time(progress.remaining().plus(title.later())) + " left";
    String name = title.toString();
    int gap = columns.getAsInt() - 1 - name.length() - left.length();
    return name + " ".repeat(Math.max(2, gap)) + left;
  }

  private String bar(LoadProgress progress) {
    double whole = progress.elapsed().plus(progress.remaining()).toNanos();
    double done = whole == 0 ? 0 : progress.elapsed().toNanos() / whole;
    String phase = "%-11s".formatted(ProgressText.phase(progress.phase()));
    String percent = "%4.0f %%".formatted(done * 100);
    int room = columns.getAsInt() - 1 - phase.length() - percent.length();
    int length = Math.clamp(room, MIN_BAR, MAX_BAR);
    int filled = (int) Math.round(done * length);
    return phase + "█".repeat(filled) + "░".repeat(length - filled) + percent;
  }

  /** Cut to what the terminal shows in one line, as a longer one would break the redrawing. */
  private String fit(String line) {
    int width = columns.getAsInt() - 1;
    return line.length() <= width ? line : line.substring(0, Math.max(0, width));
  }

  private void draw(List<String> lines) {
    StringBuilder frame = new StringBuilder();
    if (drawnLines > 0) {
      frame.append("\u001b[%dA".formatted(drawnLines));
    }
    frame.append(ERASE_BELOW);
    lines.forEach(line -> frame.append(line).append('\n'));
    out.print(frame);
    out.flush();
    drawnLines = lines.size();
  }

  private String bold(String line) {
    return styled(BOLD, line);
  }

  private String styled(String style, String line) {
    return colours ? style + line + RESET : line;
  }
}
