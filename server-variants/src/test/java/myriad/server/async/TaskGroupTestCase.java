package myriad.server.async;

import static myriad.server.async.Async.sleep;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import org.assertj.core.api.ListAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What the tests of task groups have in common: children that sleep, fail, and are counted. */
abstract class TaskGroupTestCase extends AsyncTestCase {

  void sleepThenTrace(long millis, String what) {
    try {
      sleep(ms(millis));
    } catch (CancelledError cancelled) {
      trace("cancelled " + what);
      throw cancelled;
    }
    trace(what);
  }

  static void failWhenCancelled(String message) throws IOException {
    try {
      sleep(ms(1_000));
    } finally {
      failAfter(0, message);
    }
  }

  static void failAfter(long millis, String message) throws IOException {
    sleep(ms(millis));
    throw new IOException(message);
  }

  static ListAssert<String> failuresOf(ThrowingCallable call) {
    ExceptionGroup group = catchThrowableOfType(ExceptionGroup.class, call);
    assertThat(group).as("what was thrown").isNotNull();
    return assertThat(group.exceptions().stream().map(Throwable::getMessage).toList());
  }
}
