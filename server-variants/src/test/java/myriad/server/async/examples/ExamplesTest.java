package myriad.server.async.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class ExamplesTest {

  private final List<String> lines = new ArrayList<>();

  @Test
  void twoCoroutinesSleepAtOnce() throws Exception {
    TwoSleepsAtOnce.run(lines::add);

    assertThat(lines)
        .containsExactly(
            "first falls asleep", "second falls asleep", "first wakes up", "second wakes up");
  }

  @Test
  void tasksAndFuturesAreMadeAndEnsured() throws Exception {
    TasksAndFutures.run(lines::add);

    assertThat(lines)
        .containsExactly(
            "awaited right here: 42",
            "asker done before it was awaited: false",
            "awaited as a task: 42",
            "a promise: kept",
            "a future stays what it is: true",
            "a coroutine becomes a task: true");
  }

  @Test
  void doneCallbacksTakeArgumentsOrNone() throws Exception {
    DoneCallbacks.run(lines::add);

    assertThat(lines)
        .containsExactly(
            "without arguments: Task download[result=page]",
            "with arguments: pagepage",
            "failed: java.io.IOException: no route");
  }

  @Test
  void gatherIsComparedWithWait() throws Exception {
    GatherAgainstWait.run(lines::add);

    assertThat(lines.getFirst()).isEqualTo("gather: [slow, fast]");
    assertThat(lines.get(1)).isEqualTo("gather throws the first failure: no route");
    assertThat(lines.get(2)).contains("value=fast").contains("no route");
    assertThat(lines)
        .endsWith("wait for the first: 1 done", "still pending, for wait cancels nothing: 1");
  }

  @Test
  void blockingCodeDoesNotBlockTheLoop() throws Exception {
    BlockingCode.run(lines::add);

    assertThat(lines).containsExactly("read: contents", "the loop went on meanwhile: true");
  }

  @Test
  void tenDownloadsAreDoneInFiveWays() throws Exception {
    Map<String, Duration> times = TenDownloads.run(lines::add);

    assertThat(lines).hasSize(5);
    assertThat(times.get("sequentially"))
        .isGreaterThanOrEqualTo(SlowSite.THINKING.multipliedBy(TenDownloads.DOWNLOADS));
    assertThat(times.get("by coroutines")).isLessThan(times.get("sequentially"));
  }
}
