package myriad.results.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import myriad.results.RecordedSweep;
import myriad.results.ResultsException;
import myriad.results.RunDirectory;
import myriad.results.RunResult;
import myriad.results.SampleSweep;
import myriad.results.SweepResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SweepRecorderTest {

  private static final RecordedSweep SAMPLE = SampleSweep.small();
  private static final Instant END = SampleSweep.STARTED_AT.plusSeconds(60);

  @TempDir Path base;

  private SweepRecorder recorder() throws IOException {
    return SweepRecorder.create(
        base, "bench", SampleSweep.STARTED_AT, List.of("myriad", "bench"), SampleSweep.ENVIRONMENT);
  }

  private static void add(SweepRecorder recorder, int index) throws IOException {
    RunResult run = SAMPLE.result().runs().get(index);
    recorder.add(run, SAMPLE.histograms().histogramsOf(index), END);
  }

  @Test
  void aSweepKilledInItsThirdRunLeavesTwo() throws IOException {
    SweepRecorder recorder = recorder();
    add(recorder, 0);
    add(recorder, 1);

    RecordedSweep left = RunDirectory.open(recorder.directory().path()).read();

    assertThat(left.result().status()).isEqualTo(SweepResult.Status.PARTIAL);
    assertThat(left.result().runs()).isEqualTo(SAMPLE.result().runs().subList(0, 2));
    assertThat(left.histograms().histogramsOf(1).measured())
        .isEqualTo(SAMPLE.histograms().histogramsOf(1).measured());
    assertThat(recorder.directory().path().resolve("summary.csv")).content().hasLineCount(3);
  }

  @Test
  void aSweepKilledInItsFirstRunSaysWhatItWas() throws IOException {
    assertThat(RunDirectory.open(recorder().directory().path()).read().result().command())
        .containsExactly("myriad", "bench");
  }

  @Test
  void aFinishedSweepIsWhole() throws IOException {
    SweepRecorder recorder = recorder();
    add(recorder, 0);
    SweepResult finished = recorder.finish(SweepResult.Status.COMPLETE, END);

    assertThat(RunDirectory.open(recorder.directory().path()).read().result()).isEqualTo(finished);
    assertThat(finished.endedAt()).isEqualTo(END);
    for (String name : List.of("run.json", "summary.csv", "intervals.csv", "report.html")) {
      assertThat(recorder.directory().path().resolve(name)).isNotEmptyFile();
    }
  }

  /** On a disk that is all but full, the figures of a run may fit where its histograms do not. */
  @Test
  void theFiguresOfARunAreKeptWhereItsHistogramsCannotBe() throws IOException {
    SweepRecorder recorder = recorder();
    add(recorder, 0);
    Files.createDirectories(
        recorder.directory().path().resolve("002-io_uring-c1000-r1.hlog/in-the-way"));

    assertThatThrownBy(() -> add(recorder, 1)).isInstanceOf(ResultsException.class);

    assertThat(RunDirectory.open(recorder.directory().path()).read().result().runs())
        .isEqualTo(SAMPLE.result().runs().subList(0, 2));
  }

  @Test
  void everyFormatIsFoundByItsName() {
    assertThat(Reporters.all())
        .allSatisfy(reporter -> assertThat(Reporters.named(reporter.format())).contains(reporter))
        .extracting(Reporter::fileName)
        .doesNotHaveDuplicates();
    assertThat(Reporters.named("docx")).isEmpty();
  }
}
