package myriad.cli;

import myriad.loadgen.LoadProgress;
import myriad.results.RunResult;

/** Tells two views the same. */
record TwoViews(LiveView first, LiveView second) implements LiveView {

  @Override
  public void begin(RunTitle title) {
    first.begin(title);
    second.begin(title);
  }

  @Override
  public void activity(String what) {
    first.activity(what);
    second.activity(what);
  }

  @Override
  public void onProgress(LoadProgress progress) {
    first.onProgress(progress);
    second.onProgress(progress);
  }

  @Override
  public void end(RunResult run) {
    first.end(run);
    second.end(run);
  }

  @Override
  public void line(String text) {
    first.line(text);
    second.line(text);
  }
}
