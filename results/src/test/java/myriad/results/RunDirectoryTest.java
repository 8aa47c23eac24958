package myriad.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunDirectoryTest {

  private static final RecordedSweep SAMPLE = SampleSweep.small();

  @TempDir Path base;

  private RunDirectory written() throws IOException {
    RunDirectory directory = RunDirectory.create(base, "bench", SampleSweep.STARTED_AT);
    directory.writeResult(SAMPLE.result());
    for (int i = 0; i < SAMPLE.result().runs().size(); i++) {
      directory.writeHistograms(
          i, SAMPLE.result().runs().get(i), SAMPLE.histograms().histogramsOf(i));
    }
    return directory;
  }

  @Test
  void namesItselfByTimeAndPurposeAndNeverTakesAnExistingFolder() throws IOException {
    assertThat(RunDirectory.create(base, "bench", SampleSweep.STARTED_AT).runId())
        .isEqualTo("20261122-201530-bench");
    assertThat(RunDirectory.create(base, "bench", SampleSweep.STARTED_AT).runId())
        .isEqualTo("20261122-201530-bench-2");
  }

  @Test
  void givesBackTheFiguresThatWereWritten() throws IOException {
    SweepResult read = RunDirectory.open(written().path()).read().result();

    assertThat(read).isEqualTo(SAMPLE.result());
    assertThat(read.runs().getFirst().plan().keySet())
        .containsExactly("connections", "duration", "warmup", "size", "closed-loop");
  }

  @Test
  void givesBackTheHistogramsThatWereWritten() throws IOException {
    RunHistograms expected = SAMPLE.histograms().histogramsOf(0);

    RunHistograms read = RunDirectory.open(written().path()).read().histograms().histogramsOf(0);

    assertThat(read.measured()).isEqualTo(expected.measured());
    assertThat(read.intervals().stream().map(Runs::service))
        .containsExactlyElementsOf(expected.intervals().stream().map(Runs::service).toList());
    assertThat(startTimes(read)).isEqualTo(startTimes(expected));
  }

  private static List<Long> startTimes(RunHistograms histograms) {
    return histograms.intervals().stream()
        .map(interval -> Runs.service(interval).getStartTimeStamp())
        .toList();
  }

  @Test
  void histogramLogIsReadByTheReaderOfHdrHistogram() throws IOException {
    Path log = written().path().resolve("001-io_uring-c100-r1.hlog");
    Histogram expected = Runs.service(SAMPLE.histograms().histogramsOf(0).measured());
    Histogram service = new Histogram(expected);
    int lines = 0;
    try (HistogramLogReader reader = new HistogramLogReader(log.toFile())) {
      for (EncodableHistogram next = reader.nextIntervalHistogram();
          next != null;
          next = reader.nextIntervalHistogram()) {
        lines++;
        if (LatencyKind.SERVICE.name().equals(next.getTag())) {
          service.add((Histogram) next);
        }
      }
      assertThat(reader.getStartTimeSec() * 1_000)
          .isEqualTo((double) SampleSweep.STARTED_AT.toEpochMilli());
    }

    assertThat(lines).as("8 s of service and response time, and connect time once").isEqualTo(17);
    assertThat(service).isEqualTo(Runs.service(SAMPLE.histograms().histogramsOf(0).measured()));
  }

  @Test
  void percentileFileHoldsMicroseconds() throws IOException {
    Path percentiles = written().path().resolve("001-io_uring-c100-r1.service.hgrm");
    Histogram service = Runs.service(SAMPLE.histograms().histogramsOf(0).measured());
    ByteArrayOutputStream expected = new ByteArrayOutputStream();
    service.outputPercentileDistribution(
        new PrintStream(expected, true, StandardCharsets.UTF_8), 5, 1_000.0);

    assertThat(percentiles).hasContent(expected.toString(StandardCharsets.UTF_8));
  }

  @Test
  void aRunInWhichNothingWasMeasuredHasNoFilesAndNoHistograms() throws IOException {
    RunDirectory directory = RunDirectory.create(base, "load", SampleSweep.STARTED_AT);
    directory.writeResult(SAMPLE.result());
    directory.writeHistograms(0, SAMPLE.result().runs().getFirst(), RunHistograms.none());

    assertThat(names(directory)).containsExactly("run.json");
    assertThat(directory.read().histograms().histogramsOf(0)).isEqualTo(RunHistograms.none());
  }

  @Test
  void leavesNothingBesideTheFilesThatItNames() throws IOException {
    assertThat(names(written()))
        .allMatch(
            name ->
                name.equals("run.json") || name.matches("00\\d-[a-z_-]+-c\\d+-r1\\..*hlog|.*hgrm"));
  }

  @Test
  void keepsTheOldContentAndNoTemporaryFileWhenAWriteFails() throws IOException {
    RunDirectory directory = RunDirectory.create(base, "bench", SampleSweep.STARTED_AT);
    Files.createDirectories(directory.path().resolve("summary.csv/in-the-way"));

    assertThatThrownBy(() -> directory.write("summary.csv", new byte[] {1}))
        .isInstanceOfSatisfying(
            ResultsException.class,
            e -> assertThat(e.problem()).isEqualTo(ResultsException.Problem.UNWRITABLE))
        .hasMessageContaining("summary.csv")
        .hasMessageContaining("--out");
    assertThat(names(directory)).containsExactly("summary.csv");
  }

  @Test
  void saysWhatToDoWhereTheFolderCannotBeMade() throws IOException {
    Path file = Files.writeString(base.resolve("file"), "not a folder");

    assertThatThrownBy(() -> RunDirectory.create(file, "bench", SampleSweep.STARTED_AT))
        .isInstanceOf(ResultsException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("--out")
        .hasMessageNotContaining("\n");
  }

  @Test
  void tellsAFullDiskFromAWrongFolder() {
    assertThat(ResultsException.writing(base, new IOException("No space left on device")).problem())
        .isEqualTo(ResultsException.Problem.NO_SPACE);
  }

  @Test
  void namesOfVariantsCannotLeaveTheFolder() throws IOException {
    RunResult honest = SAMPLE.result().runs().getFirst();
    RunResult hostile = Runs.withVariant(honest, "../../../etc/x\u0000y");
    RunDirectory directory = RunDirectory.create(base, "bench", SampleSweep.STARTED_AT);

    directory.writeHistograms(0, hostile, SAMPLE.histograms().histogramsOf(0));

    assertThat(names(directory)).contains("001-__.._.._etc_x_y-c100-r1.hlog");
    assertThatThrownBy(() -> directory.write("../evil", new byte[0]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static List<String> names(RunDirectory directory) throws IOException {
    try (Stream<Path> files = Files.list(directory.path())) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
