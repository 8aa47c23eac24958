package myriad.cli;

import java.time.Duration;
import myriad.loadgen.LoadProgress;
import myriad.results.RunResult;

/**
 * Shows how far a command is. For each run: {@link #begin}, {@link #activity} and {@link
 * #onProgress} as it goes on, {@link #end}. Used by one thread; nothing here blocks on anything but
 * the terminal.
 */
interface LiveView extends LoadProgress.Listener {

  /** Shows nothing. */
  LiveView NONE =
      new LiveView() {
        @Override
        public void begin(RunTitle title) {}

        @Override
        public void activity(String what) {}

        @Override
        public void onProgress(LoadProgress progress) {}

        @Override
        public void end(RunResult run) {}
      };

  void begin(RunTitle title);

  /** What is done when no load is measured, such as starting a server. */
  void activity(String what);

  /** Takes the moving part away, and leaves a line on how the run went. */
  void end(RunResult run);

  /** Takes the moving part away, and leaves a line; nothing where only figures are shown. */
  default void line(String text) {}

  /**
   * Which run of how many this is.
   *
   * @param target the variant, or the address, that is loaded
   * @param number of this run, from 1
   * @param total runs planned
   * @param later time that the runs after this one will take, as far as can be told
   */
  record RunTitle(String target, int connections, int number, int total, Duration later) {

    @Override
    public String toString() {
      String name = "%s, %s connections".formatted(target, Figures.count(connections));
      return total == 1 ? name : "[%d/%d] %s".formatted(number, total, name);
    }
  }
}
