package myriad.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import myriad.results.RunResult;
import myriad.results.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A generator that is held back says so; a target that is slow is no fault of the generator's. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class HealthIT {

  private static final String BUSY = "while :; do :; done";
  private static final int COMPETITORS = 6;

  @TempDir Path folder;

  /** The others come for the second half of the load, and leave before what follows it. */
  @Test
  void aGeneratorThatSharesItsCpuWithOthersIsInvalid() throws Exception {
    Programs.assumeInstalled("taskset", "timeout");
    List<MyriadProcess> competitors = new ArrayList<>();
    try (TestEcho server = TestEcho.delaying(1, Duration.ZERO)) {
      try (MyriadProcess load =
          MyriadProcess.start(
              Stream.concat(
                      Stream.of("taskset", "-c", "0"),
                      load(server, "--rate 60k -c 50 -d 8s --warmup 0 --timeout 20s"))
                  .toList())) {
        load.awaitErr(line -> line.contains("measuring"));
        for (int i = 0; i < COMPETITORS; i++) {
          competitors.add(
              MyriadProcess.start(
                  List.of("timeout", "12", "taskset", "-c", "0", "sh", "-c", BUSY)));
        }
        assertThat(load.exitCode(Duration.ofMinutes(2)))
            .as("%s", load.err())
            .isEqualTo(ExitCode.INVALID.number());
        assertThat(load.out()).anyMatch(line -> line.matches("verdict +INVALID"));
      }
    } finally {
      competitors.forEach(MyriadProcess::close);
    }
    assertThat(KeptRun.first(folder).verdict().kind()).isEqualTo(Verdict.Kind.INVALID);
    assertThat(KeptRun.first(folder).verdict().reasons())
        .anySatisfy(reason -> assertThat(reason).contains("generator"));
    assertThat(KeptRun.first(folder).notes())
        .as("nothing is known of the target")
        .anyMatch(note -> note.contains("came back of"))
        .noneMatch(note -> note.contains("target did not keep up"));
    assertThat(Files.readString(KeptRun.directory(folder).resolve("summary.csv")))
        .contains(",INVALID,");
  }

  /** A closed loop has no schedule to be late for; its stalls must show in another way. */
  @Test
  void aGeneratorThatIsStoppedAgainAndAgainIsInvalidInAClosedLoopToo() throws Exception {
    try (TestEcho server = TestEcho.delaying(1, Duration.ZERO);
        MyriadProcess load = MyriadProcess.start(load(server, "-c 10 -d 6s --warmup 0").toList())) {
      load.awaitErr(line -> line.contains("measuring"));
      for (int i = 0; i < 6; i++) {
        load.signal("STOP");
        pause(Duration.ofMillis(60));
        load.signal("CONT");
        pause(Duration.ofMillis(40));
      }
      assertThat(load.exitCode()).as("%s", load.err()).isEqualTo(ExitCode.INVALID.number());
    }
    assertThat(KeptRun.first(folder).verdict().reasons())
        .anySatisfy(reason -> assertThat(reason).contains("generator stalled"));
  }

  /**
   * The target can serve 200 messages a second, and 1,000 are due. Best of three attempts, as a
   * busy host makes a run INVALID for reasons of its own.
   */
  @Test
  void aSlowTargetAloneIsValid() throws Exception {
    RunResult run = loadSlowTarget();
    for (int attempt = 2; attempt <= 3 && run.verdict().kind() != Verdict.Kind.VALID; attempt++) {
      run = loadSlowTarget();
    }
    assertThat(run.verdict()).as("%s", run.verdict().reasons()).isEqualTo(Verdict.valid());
    assertThat(run.notes())
        .anySatisfy(note -> assertThat(note).contains("the target did not keep up"));
    assertThat(run.generator()).isNotNull();
  }

  private RunResult loadSlowTarget() throws Exception {
    try (TestEcho server = TestEcho.serving(Duration.ofMillis(5));
        MyriadProcess load =
            MyriadProcess.start(
                load(server, "--rate 1k -c 20 -d 2s --warmup 500ms --timeout 60s").toList())) {
      load.exitCode();
      return KeptRun.first(folder);
    }
  }

  private Stream<String> load(TestEcho server, String options) {
    return Stream.concat(
        Stream.of(
            MyriadProcess.launcher().toString(),
            "load",
            "127.0.0.1:" + server.port(),
            "-o",
            folder.toString()),
        Stream.of(options.split(" ", -1)));
  }

  private static void pause(Duration length) throws InterruptedException {
    TimeUnit.NANOSECONDS.sleep(length.toNanos());
  }
}
