package myriad.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import myriad.loadgen.LoadResult;
import myriad.results.RunDirectory;
import myriad.results.RunHistograms;
import myriad.results.SweepResult;
import myriad.results.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

class RunOutputTest {

  @Command(name = "measure")
  static final class Faulty implements Callable<Integer> {
    @Mixin private OutputOptions output;
    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
      RunOutput results = RunOutput.open(output, spec, sweep -> sweep);
      return results
          .of(
              () -> {
                results.add(
                    new LoadResult(
                        Runs.measured("epoll", 10, 10, Verdict.valid()), RunHistograms.none()));
                throw new IllegalStateException("the second run went wrong");
              },
              new Interruption(),
              (sweep, _) -> sweep.runs().size() + " measured",
              Ending::of)
          .number();
    }
  }

  @Test
  void whatWasMeasuredBeforeAFaultIsKeptAndReported(@TempDir Path out) throws Exception {
    Throwable[] thrown = new Throwable[1];
    new CommandLine(new Faulty())
        .setExecutionExceptionHandler(
            (fault, command, parsed) -> {
              thrown[0] = fault;
              return 1;
            })
        .execute("-o", out.toString(), "--quiet");

    assertThat(thrown[0]).hasMessage("the second run went wrong").hasNoSuppressedExceptions();
    try (Stream<Path> directories = Files.list(out)) {
      Path directory = directories.findFirst().orElseThrow();
      SweepResult sweep = RunDirectory.open(directory).read().result();
      assertThat(sweep.status()).isEqualTo(SweepResult.Status.PARTIAL);
      assertThat(sweep.runs()).hasSize(1);
      assertThat(directory.resolve("report.html")).exists();
    }
  }
}
