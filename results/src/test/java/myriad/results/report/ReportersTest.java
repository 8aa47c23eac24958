package myriad.results.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import myriad.results.RecordedSweep;
import myriad.results.ResultsException;
import myriad.results.RunDirectory;
import myriad.results.SampleGate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportersTest {

  private static final RecordedSweep SAMPLE = SampleGate.recorded();

  @TempDir Path base;

  private RunDirectory written() throws IOException {
    RunDirectory directory = RunDirectory.create(base, "gate", SAMPLE.result().startedAt());
    directory.writeResult(SAMPLE.result());
    for (int i = 0; i < SAMPLE.result().runs().size(); i++) {
      directory.writeHistograms(
          i, SAMPLE.result().runs().get(i), SAMPLE.histograms().histogramsOf(i));
    }
    return directory;
  }

  private static Map<String, String> contents(RunDirectory directory) throws IOException {
    Map<String, String> contents = new TreeMap<>();
    try (Stream<Path> files = Files.list(directory.path())) {
      for (Path file : files.toList()) {
        contents.put(
            file.getFileName().toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
      }
    }
    return contents;
  }

  @Test
  void everyReportThatADirectoryHasIsMade() throws IOException {
    RunDirectory directory = written();

    Reporters.writeAll(directory, directory.read());

    assertThat(contents(directory))
        .containsKeys("summary.csv", "intervals.csv", "report.html", "summary.md", "junit.xml");
  }

  /** The last histogram is read after other reports are made; none of them replaces a file. */
  @Test
  void aReportThatCannotBeMadeLeavesAllAsTheyWere() throws IOException {
    RunDirectory directory = written();
    for (String name : List.of("summary.csv", "intervals.csv", "report.html", "junit.xml")) {
      directory.write(name, "of before".getBytes(StandardCharsets.UTF_8));
    }
    Path log = directory.path().resolve("006-async-tasks-c1000-r1.hlog");
    byte[] whole = Files.readAllBytes(log);
    Files.write(log, Arrays.copyOf(whole, whole.length - 500));
    Map<String, String> before = contents(directory);

    assertThatThrownBy(() -> Reporters.writeAll(directory, directory.read()))
        .isInstanceOf(ResultsException.class)
        .hasMessageContaining(log.toString());
    assertThat(contents(directory)).isEqualTo(before);
  }
}
