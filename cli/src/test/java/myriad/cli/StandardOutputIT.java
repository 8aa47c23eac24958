package myriad.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import myriad.results.RunDirectory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A result that did not arrive is not a success. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class StandardOutputIT {

  @TempDir Path folder;

  @Test
  void aResultThatDidNotArriveIsSaidAndKept() throws Exception {
    try (TestEcho server = TestEcho.delaying(1, Duration.ZERO);
        MyriadProcess load =
            intoAFullDisk(
                "load 127.0.0.1:%d -c 5 -d 200ms --warmup 0 --quiet --format json -o %s"
                    .formatted(server.port(), folder))) {
      assertNotArrived(load);
    }
    try (Stream<Path> directories = Files.list(folder)) {
      Path directory = directories.findFirst().orElseThrow();
      assertThat(RunDirectory.open(directory).read().result().runs()).hasSize(1);
      for (String command : List.of("report", "report --format csv", "history -o " + folder)) {
        try (MyriadProcess stored = intoAFullDisk(command + " " + directory)) {
          assertNotArrived(stored);
        }
      }
      try (MyriadProcess compare = intoAFullDisk("compare %1$s %1$s".formatted(directory))) {
        assertNotArrived(compare);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"variants", "completion bash"})
  void listsThatDidNotArriveAreSaid(String command) throws Exception {
    try (MyriadProcess myriad = intoAFullDisk(command)) {
      assertNotArrived(myriad);
    }
  }

  private static MyriadProcess intoAFullDisk(String arguments) {
    return MyriadProcess.start(
        List.of("sh", "-c", "'%s' %s >/dev/full".formatted(MyriadProcess.launcher(), arguments)));
  }

  private static void assertNotArrived(MyriadProcess myriad) throws Exception {
    assertThat(myriad.exitCode()).as("%s", myriad.err()).isEqualTo(ExitCode.HOST_LIMIT.number());
    assertThat(myriad.err())
        .singleElement()
        .asString()
        .startsWith("myriad: standard output did not take all of the result");
  }
}
