package myriad.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import myriad.results.RunResult;

/** A short load of eight connections on a server that is not ours. */
final class ShortLoad {

  private ShortLoad() {}

  /**
   * Its result, whatever it is.
   *
   * @param folder of the test, in which the run directory is made
   */
  static RunResult run(Path folder, String target, String... options) throws Exception {
    List<String> arguments =
        new ArrayList<>(List.of("load", target, "-c", "8", "-d", "500ms", "--warmup", "0"));
    arguments.addAll(List.of("-o", folder.resolve("runs").toString()));
    arguments.addAll(List.of(options));
    try (MyriadProcess load = MyriadProcess.myriad(arguments.toArray(String[]::new))) {
      assertThat(load.exitCode())
          .describedAs("%s", load.err())
          .isIn(ExitCode.OK.number(), ExitCode.INVALID.number(), ExitCode.TARGET_FAILED.number());
    }
    return KeptRun.first(folder.resolve("runs"));
  }

  /** Every message was answered, and rightly. */
  static void assertAnswered(RunResult run, ForeignServer server) {
    assertThat(run.outcome())
        .describedAs("%s %s", run.counters(), server.said())
        .isEqualTo(RunResult.Outcome.COMPLETE);
    assertThat(run.errors()).describedAs("errors among %s", run.counters()).isZero();
    assertThat(run.connections().open()).isEqualTo(8);
    assertThat(run.messages()).isPositive();
  }
}
