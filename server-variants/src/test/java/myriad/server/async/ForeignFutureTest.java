package myriad.server.async;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A future of another loop is refused wherever it is given: this loop would never hear of it. */
class ForeignFutureTest extends AsyncTestCase {

  @FunctionalInterface
  interface Use {
    Object of(Future<Integer> foreign) throws Exception;
  }

  private final EventLoop other = EventLoop.create();
  private final Future<Integer> foreign = other.createFuture();

  @AfterEach
  void closeOther() {
    other.close();
  }

  static Stream<Named<Use>> uses() {
    return Stream.of(
        Named.of("await", Future::await),
        Named.of("gather", Async::gather),
        Named.of("gatherOutcomes", Async::gatherOutcomes),
        Named.of("wait", foreign -> Async.wait(List.of(foreign))),
        Named.of("asCompleted", foreign -> Async.asCompleted(List.of(foreign))),
        Named.of("waitFor", foreign -> Async.waitFor(foreign, ms(5))),
        Named.of("waitFor with no time", foreign -> Async.waitFor(foreign, ms(0))),
        Named.of("shield", foreign -> Async.shield(foreign).await()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("uses")
  void isRefusedWithAWordOnWhatToDo(Use use) throws Exception {
    run(
        () ->
            assertThatIllegalStateException()
                .isThrownBy(() -> use.of(foreign))
                .withMessageContaining("belongs to another loop")
                .withMessageContaining("submit"));
    assertThat(foreign.isDone()).isFalse();
  }

  @Test
  void nothingIsStartedOfWhatItIsGatheredWith() throws Exception {
    run(
        () -> {
          assertThatIllegalStateException().isThrownBy(() -> Async.gather(this::started, foreign));
          turn();
          assertTrace();
        });
  }

  @Test
  void aLoopDoesNotRunUntilItIsComplete() {
    assertThatIllegalStateException()
        .isThrownBy(() -> loop.runUntilComplete(foreign))
        .withMessageContaining("call that loop's runUntilComplete");
  }

  private int started() {
    trace("started");
    return 1;
  }
}
