package myriad.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import myriad.results.RunResult;

/** A load whose figures are held against what something else knows of the same run. */
final class MeasuredLoad {

  private static final Duration DEADLINE = Duration.ofMinutes(2);

  /** What is done to the process that loads. */
  @FunctionalInterface
  interface Meanwhile {
    /** Does it; called once, when the process has been started. */
    void act(MyriadProcess load) throws Exception;
  }

  private MeasuredLoad() {}

  /**
   * Its result, VALID or not.
   *
   * @param launcher words before its command line, such as those of {@code taskset}; may be empty
   * @param target as {@code myriad load} takes it
   * @param runs where the run directory is made
   */
  static RunResult run(
      String launcher, String target, String options, Path runs, Meanwhile meanwhile)
      throws Exception {
    String command =
        "%s %s load %s %s -o %s"
            .formatted(launcher, MyriadProcess.launcher(), target, options, runs);
    try (MyriadProcess load =
        MyriadProcess.start(Stream.of(command.strip().split(" ", -1)).toList())) {
      meanwhile.act(load);
      assertThat(load.exitCode(DEADLINE))
          .as("%s", load.err())
          .isIn(ExitCode.OK.number(), ExitCode.INVALID.number());
    }
    return KeptRun.first(runs);
  }
}
