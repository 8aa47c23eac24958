package myriad.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import myriad.results.RunDirectory;
import myriad.results.SweepResult;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A real full disk: a small one in memory, mounted where nobody else sees it. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class DiskFullIT {

  private static final List<String> OWN_MOUNTS =
      List.of("unshare", "--map-root-user", "--mount", "sh", "-c");

  @TempDir Path folder;

  @BeforeEach
  void needsMountsOfItsOwn() throws Exception {
    try (MyriadProcess mount =
        MyriadProcess.start(
            Stream.concat(
                    OWN_MOUNTS.stream(), Stream.of("mount -t tmpfs -o size=100k tmpfs " + folder))
                .toList())) {
      assumeThat(mount.exitCode())
          .describedAs("no small disk can be mounted here: a full one is not tested")
          .isZero();
    }
  }

  /**
   * On the larger disk there is room for the figures of the run and not for report.html; on the
   * smaller one there is room for the directory only.
   */
  @ParameterizedTest
  @CsvSource({"400k, report.html, 1", "20k, '', 0"})
  void aFullDiskIsSaidAndWhatWasWrittenStays(String size, String file, int runsKept)
      throws Exception {
    Path disk = Files.createDirectory(folder.resolve("disk"));
    Path left = Files.createDirectory(folder.resolve("left"));
    String script =
        "mount -t tmpfs -o size=%1$s tmpfs %2$s && %3$s bench --variants nio-selector -c 5 -d 300ms"
                .formatted(size, disk, MyriadProcess.launcher())
            + " --warmup 100ms --quiet -o %1$s; code=$?; cp -rT %1$s %2$s; exit $code"
                .formatted(disk, left);
    try (MyriadProcess bench =
        MyriadProcess.start(Stream.concat(OWN_MOUNTS.stream(), Stream.of(script)).toList())) {
      assertThat(bench.exitCode())
          .describedAs("%s", bench.err())
          .isEqualTo(ExitCode.HOST_LIMIT.number());
      assertThat(bench.err())
          .singleElement()
          .asString()
          .contains("cannot write " + disk, file + ": No space left on device; free some space");
      assertThat(bench.out())
          .describedAs("what was measured is shown")
          .anyMatch(line -> line.startsWith("nio-selector"));
    }
    Path directory;
    try (Stream<Path> directories = Files.list(left)) {
      directory = directories.findFirst().orElseThrow();
    }
    SweepResult kept = RunDirectory.open(directory).read().result();
    assertThat(kept.runs()).hasSize(runsKept);
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files)
          .describedAs("no file is there in part")
          .noneMatch(name -> name.toString().endsWith(".tmp"));
    }
  }
}
