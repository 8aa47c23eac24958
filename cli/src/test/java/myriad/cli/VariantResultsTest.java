package myriad.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import myriad.results.Counter;
import myriad.results.RunResult;
import myriad.results.RunResult.Outcome;
import myriad.results.Verdict;
import org.junit.jupiter.api.Test;

class VariantResultsTest {

  private static final RunResult WHOLE = Runs.measured("epoll", 10, 10, Verdict.valid());
  private static final RunResult SHORT =
      Runs.measured("sequential", 10, 1, Verdict.valid()).toBuilder()
          .outcome(Outcome.TARGET_FAILED)
          .counters(Map.of(Counter.CONNECT_TIMED_OUT, 9L))
          .connections(new RunResult.Connections(10, 1, 10, 9, 0))
          .build();

  @Test
  void aServerThatServesWhatItCanHasNotFailed() {
    assertThat(VariantResults.outcomeInSweep(SHORT, 0, ServerEnd.AS_ASKED))
        .isEqualTo(Outcome.COMPLETE);
    assertThat(VariantResults.outcomeInSweep(SHORT, 0, ServerEnd.FORCED))
        .isEqualTo(Outcome.TARGET_FAILED);
  }

  @Test
  void aServerThatDiedHasFailedWhateverTheLoadSaw() {
    ServerEnd early = ServerEnd.early("the server ended with exit code 137");

    assertThat(VariantResults.outcomeInSweep(WHOLE, 0, early)).isEqualTo(Outcome.TARGET_FAILED);
    assertThat(VariantResults.outcomeInSweep(SHORT, 0, early)).isEqualTo(Outcome.TARGET_FAILED);
    assertThat(VariantResults.outcomeInSweep(WHOLE, 0, ServerEnd.FORCED))
        .isEqualTo(Outcome.COMPLETE);
  }
}
