package myriad.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import myriad.results.Check;
import myriad.results.SweepResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Options that are kept in a file. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class ScenarioIT {

  @TempDir Path folder;

  @Test
  void theFileAndWhatIsTypedMakeThePlanTogether() throws Exception {
    Path scenario =
        Files.writeString(
            folder.resolve("load.yaml"),
            """
            connections: 50
            duration: 300ms
            warmup: 0
            rate: 500/s
            size: 16-1k
            threshold: ['p99<1h', 'connections==5']
            out: %s
            quiet: true
            """
                .formatted(folder.resolve("runs")));
    try (TestEcho server = TestEcho.delaying(1, Duration.ZERO);
        MyriadProcess load =
            MyriadProcess.myriad(
                "load", "127.0.0.1:" + server.port(), "--scenario", scenario.toString(), "-c5")) {
      assertThat(load.exitCode())
          .as("%s", load.err())
          .isIn(ExitCode.OK.number(), ExitCode.INVALID.number());
      SweepResult sweep = sweep();
      assertThat(sweep.runs())
          .singleElement()
          .satisfies(
              run ->
                  assertThat(run.plan())
                      .containsEntry("connections", "5")
                      .containsEntry("rate", "500/s")
                      .containsEntry("duration", "300ms")
                      .containsEntry("size", "16-1024"));
      assertThat(sweep.checks())
          .extracting(Check::name)
          .containsExactly("p99<1h", "connections==5");
    }
  }

  @Test
  void whatIsWrongInItIsUsage() throws Exception {
    Path scenario = Files.writeString(folder.resolve("gate.yaml"), "pairs: ten\n");
    try (MyriadProcess gate =
        MyriadProcess.myriad("gate", "--scenario", scenario.toString(), "--base", "epoll")) {
      assertThat(gate.exitCode()).as("%s", gate.err()).isEqualTo(ExitCode.USAGE.number());
      assertThat(gate.out()).isEmpty();
      assertThat(gate.err())
          .containsExactly(
              "myriad: %s, line 1: pairs: 'ten' is not a count, such as 500, 10k or 1m"
                  .formatted(scenario));
    }
  }

  private SweepResult sweep() throws Exception {
    return KeptRun.sweep(folder.resolve("runs"));
  }
}
