package myriad.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.util.function.LongSupplier;
import myriad.loadgen.LoadProgress;
import myriad.results.RunResult;

/** Progress as plain lines, every few seconds, for pipes and log files. */
final class LineLiveView implements LiveView {

  private static final Duration BETWEEN_LINES = Duration.ofSeconds(3);

  private final PrintStream out;
  private final LongSupplier nanoClock;
  private RunTitle title = new RunTitle("", 0, 1, 1, Duration.ZERO);
  private long lastLineNs;

  /**
   * Writes to {@code out}.
   *
   * @param nanoClock as {@link System#nanoTime}
   */
  LineLiveView(PrintStream out, LongSupplier nanoClock) {
    this.out = out;
    this.nanoClock = nanoClock;
  }

  @Override
  public void begin(RunTitle runTitle) {
    title = runTitle;
    lastLineNs = nanoClock.getAsLong();
  }

  @Override
  public void activity(String what) {}

  @Override
  public void onProgress(LoadProgress progress) {
    long nowNs = nanoClock.getAsLong();
    if (nowNs - lastLineNs >= BETWEEN_LINES.toNanos()) {
      lastLineNs = nowNs;
      out.printf(
          "%s: %s, %s left · %s · %s%n",
          title,
          ProgressText.phase(progress.phase()),
          Figures.time(progress.remaining().plus(title.later())),
          ProgressText.load(progress),
          ProgressText.usage(progress.latest()));
    }
  }

  @Override
  public void end(RunResult run) {
    line(title + ": " + ProgressText.outcome(run));
  }

  @Override
  public void line(String text) {
    out.println(text);
  }
}
