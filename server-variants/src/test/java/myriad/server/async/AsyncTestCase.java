package myriad.server.async;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** A loop in virtual time, what it reported, and a trace to compare orderings by. */
@ParameterizedClass(name = "{0}")
@MethodSource("carriers")
@Timeout(60)
abstract class AsyncTestCase {

  static Stream<Named<Carrier>> carriers() {
    return Stream.of(
        Named.of(ContinuationCarrier.ID, new ContinuationCarrier()),
        Named.of(VirtualThreadCarrier.ID, new VirtualThreadCarrier()));
  }

  @Parameter Carrier carrier = new VirtualThreadCarrier();

  final List<ErrorReport> reports = new ArrayList<>();
  final List<Object> trace = new ArrayList<>();
  EventLoop loop = EventLoop.create();

  @BeforeEach
  void openLoop() {
    loop.close();
    loop = new EventLoop(carrier, poller());
    loop.setExceptionHandler((where, report) -> reports.add(report));
  }

  @AfterEach
  void closeLoop() {
    loop.close();
  }

  Poller poller() {
    return new VirtualTime();
  }

  /** Runs a coroutine to its end, and cancels what it left behind. */
  void run(Action main) throws Exception {
    Runner.run(loop, main.asAwaitable());
  }

  void runOneTurn() {
    loop.stop();
    loop.runForever();
  }

  void runFor(long millis) {
    loop.callLater(ms(millis), loop::stop);
    loop.runForever();
  }

  void trace(Object event) {
    trace.add(event);
  }

  void assertTrace(Object... events) {
    assertThat(trace).containsExactly(events);
  }

  void assertReported(String message) {
    assertThat(reports).extracting(ErrorReport::message).containsExactly(message);
  }

  /** Lets everything run that is ready now. */
  static void turn() {
    Async.sleep(Duration.ZERO);
  }

  static void turns(int count) {
    for (int i = 0; i < count; i++) {
      turn();
    }
  }

  static Duration ms(long millis) {
    return Duration.ofMillis(millis);
  }

  long elapsedMillis(long sinceNanos) {
    return Duration.ofNanos(loop.timeNanos() - sinceNanos).toMillis();
  }
}
